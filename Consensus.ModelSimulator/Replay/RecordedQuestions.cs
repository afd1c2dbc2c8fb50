using Consensus.Contracts.Suites;
using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.Replay;

/// <summary>A question of a suite as <see cref="PlainText"/>; shared by all models that answered it.</summary>
internal sealed class RecordedQuestion(SuiteItem item)
{
    public string Text { get; } = PlainText.Line(item.Question);

    public IReadOnlyList<string> Choices { get; } = [.. (item.Choices ?? []).Select(PlainText.Line)];
}

/// <summary>One model's recorded answers.</summary>
internal sealed class RecordedQuestions
{
    /// <summary>Questions are found by so many of their first characters; shorter ones by their whole text.</summary>
    private const int KeyLength = 24;

    private readonly Dictionary<string, List<(RecordedQuestion Question, string Answer)>> byStart = new(StringComparer.Ordinal);

    public void Add(RecordedQuestion question, string answer)
    {
        var key = question.Text[..Math.Min(KeyLength, question.Text.Length)];
        if (!byStart.TryGetValue(key, out var entries))
        {
            byStart[key] = entries = [];
        }

        entries.Add((question, answer));
    }

    /// <summary>
    /// The answer to the longest question that the message is, or that stands in it from the start of a word on. Of questions that differ in their choices only, the one
    /// whose choices the message lists in their order is taken. Looks each word's start up once, however many questions there are.
    /// </summary>
    public string? Find(string message)
    {
        var text = PlainText.Line(message);
        var starts = byStart.GetAlternateLookup<ReadOnlySpan<char>>();
        (RecordedQuestion Question, string Answer)? best = null;
        var bestFit = default(ChoiceFit);
        for (var start = 0; start < text.Length; start = NextWord(text, start))
        {
            if (starts.TryGetValue(text.AsSpan(start, Math.Min(KeyLength, text.Length - start)), out var entries))
            {
                Consider(entries, start);
            }
        }

        // In the midst of another text a short question would be found too easily: it is the whole message, or begins it and has its choices after it.
        for (var length = 1; length < Math.Min(KeyLength, text.Length); length++)
        {
            if (starts.TryGetValue(text.AsSpan(0, length), out var entries))
            {
                Consider(entries, 0);
            }
        }

        return best?.Answer;

        void Consider(List<(RecordedQuestion Question, string Answer)> entries, int start)
        {
            foreach (var entry in entries)
            {
                var question = entry.Question;
                var longer = question.Text.Length.CompareTo(best?.Question.Text.Length ?? 0);
                if (longer < 0 || !text.AsSpan(start).StartsWith(question.Text, StringComparison.Ordinal))
                {
                    continue;
                }

                var fit = ChoiceFit.Of(question.Choices, text, start + question.Text.Length);
                var isAllowed = question.Text.Length >= KeyLength || text.Length == question.Text.Length || (question.Choices.Count > 0 && fit.InOrder);
                if (isAllowed && (longer > 0 || fit.IsBetterThan(bestFit)))
                {
                    (best, bestFit) = (entry, fit);
                }
            }
        }
    }

    // The question may follow a quotation mark or a colon as well as a space.
    private static int NextWord(string text, int start)
    {
        do
        {
            start++;
        }
        while (start < text.Length && char.IsLetterOrDigit(text[start - 1]));
        return start;
    }
}
