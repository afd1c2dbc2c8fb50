using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Finding;

/// <summary>The part of a text that states its answer.</summary>
/// <param name="By">How it is marked.</param>
/// <param name="Text">The statement, at most to the end of its line; for <see cref="StatedBy.Whole"/> the whole text.</param>
/// <param name="Rest">The statement to the end of the text.</param>
/// <param name="Value">The value of an answer member that is not text.</param>
internal sealed record Statement(StatedBy By, string Text, string Rest, Literal? Value = null);
