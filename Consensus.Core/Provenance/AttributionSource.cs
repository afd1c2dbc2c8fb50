namespace Consensus.Core.Provenance;

/// <summary>A text that a sentence of an answer may come from: a candidate's answer, or a passage of evidence.</summary>
/// <param name="Id">What it is called in the attribution.</param>
/// <param name="Text">Its text.</param>
public sealed record AttributionSource(string Id, string Text);

/// <summary>A sentence of an answer and the texts that hold it.</summary>
/// <param name="Start">Its first character in the answer.</param>
/// <param name="End">The character after its last one.</param>
/// <param name="Sources">The texts that hold it, best first, of equal ones in their given order; empty when none does.</param>
public sealed record AttributedSentence(int Start, int End, IReadOnlyList<Attribution> Sources);

/// <summary>A text that holds a sentence.</summary>
/// <param name="Source">The text's id.</param>
/// <param name="Support">How far it supports the sentence, from <see cref="AnswerAttribution.LeastSupport"/> to 1.</param>
/// <param name="Start">The first character of its sentence that does.</param>
/// <param name="End">The character after that sentence.</param>
public sealed record Attribution(string Source, double Support, int Start, int End);
