using Consensus.Core.Answers.Finding;

namespace Consensus.Core.Answers.Kinds;

/// <summary>A cleaned text and where it states its answer.</summary>
internal sealed class ModelReading
{
    private ModelReading(string text)
    {
        Text = text;
        Statement = AnswerFinder.Find(text);
        IsRefusal = Statement.By == StatedBy.Whole && NoAnswer.IsRefusal(text);
    }

    public string Text { get; }

    public Statement Statement { get; }

    /// <summary>The text begins by declining and states nothing.</summary>
    public bool IsRefusal { get; }

    /// <summary>The reading of a text, or <c>null</c> when nothing is written.</summary>
    public static ModelReading? Of(string? text)
    {
        if (text is null)
            return null;
        var cleaned = ModelText.Clean(text);
        return cleaned.Length == 0 ? null : new ModelReading(cleaned);
    }
}
