using Consensus.Core.Answers.Numbers;

namespace Consensus.Core.Answers.Literals;

/// <summary>A value written in Python's or JSON's style.</summary>
internal abstract record Literal;

internal sealed record NoneLiteral : Literal
{
    public static NoneLiteral Instance { get; } = new();
}

internal sealed record TruthLiteral(bool Value) : Literal;

internal sealed record NumberLiteral(Quantity Value) : Literal;

/// <param name="Value">The text with its escapes resolved.</param>
internal sealed record TextLiteral(string Value) : Literal;

internal enum SequenceKind
{
    List,
    Tuple,
    Set,
}

internal sealed record SequenceLiteral(SequenceKind Kind, IReadOnlyList<Literal> Items) : Literal;

/// <param name="Members">In the order written; a repeated key stands once, with its last value.</param>
internal sealed record MapLiteral(IReadOnlyList<KeyValuePair<Literal, Literal>> Members) : Literal
{
    /// <summary>The value under a text key, compared without case.</summary>
    public Literal? Find(string name)
    {
        foreach (var (key, value) in Members)
        {
            if (key is TextLiteral text && text.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        return null;
    }
}
