namespace Consensus.Storage.Runs.Fields;

/// <summary>A column: what it can reveal and what it means.</summary>
internal record StoredField(string Column, FieldClass Class, string Meaning)
{
    /// <summary>Whether the column may hold any text, a NUL character included (see <c>Statement</c>).</summary>
    public bool IsFreeText => Class != FieldClass.Number && Column != "run_id";
}

/// <summary>A column that is filled from a <typeparamref name="T"/>.</summary>
/// <param name="Column">The column.</param>
/// <param name="Class">What it can reveal.</param>
/// <param name="Meaning">What it means, in one line of Markdown.</param>
/// <param name="Read">The value as it would be stored at <c>full</c>: text, JSON, a number, an id, or <c>null</c>.</param>
/// <param name="IsExcerpt">Whether the value is cut to the length of an excerpt, after redaction.</param>
internal sealed record StoredField<T>(string Column, FieldClass Class, string Meaning, Func<T, object?> Read, bool IsExcerpt = false)
    : StoredField(Column, Class, Meaning);

/// <summary>An item with its place in its list, so that the list comes back in its order.</summary>
internal readonly record struct Placed<T>(int Position, T Item);
