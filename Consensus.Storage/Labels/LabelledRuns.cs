using Consensus.Core.Answers;
using Consensus.Core.Learning;

namespace Consensus.Storage.Labels;

/// <summary>What labels from use say, as it is learned from: votes, no texts.</summary>
/// <param name="Panels">By panel and kind of answer, in a fixed order.</param>
/// <param name="LabelSeq">The newest label of all, 0 without any.</param>
public sealed record LabelledRuns(IReadOnlyList<LabelledPanel> Panels, long LabelSeq);

/// <summary>The labelled runs of one panel answering one kind of question.</summary>
/// <param name="Models">The models' ids, in ordinal order, at least two.</param>
/// <param name="Kind">The kind under which the answers were read.</param>
/// <param name="Questions">One entry per run, in the order of the runs.</param>
public sealed record LabelledPanel(IReadOnlyList<string> Models, AnswerKind Kind, IReadOnlyList<PartlyLabelled> Questions);
