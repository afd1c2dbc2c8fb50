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
    /// The answer to the longest question that the message is, or that stands in it from the start of a word on. Where questions differ in their choices only,
    /// the one whose choices the message lists is taken. Looks each word's start up once, however many questions there are.
    /// </summary>
    public string? Find(string message)
    {
        var text = PlainText.Line(message);
        (RecordedQuestion Question, string Answer)? best = null;
        var bestChoices = -1;
        var starts = byStart.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start < text.Length; start = NextWord(text, start))
        {
            var rest = text.AsSpan(start);
            // A question shorter than the key counts only as the whole message: in the midst of another it would be found too easily.
            if (!starts.TryGetValue(rest[..Math.Min(KeyLength, rest.Length)], out var entries))
            {
                continue;
            }

            foreach (var entry in entries)
            {
                if (!rest.StartsWith(entry.Question.Text, StringComparison.Ordinal) || entry.Question.Text.Length < (best?.Question.Text.Length ?? 0)
                    || (entry.Question.Text.Length < KeyLength && text.Length != entry.Question.Text.Length))
                {
                    continue;
                }

                var choices = entry.Question.Choices.Count(choice => text.Contains(choice, StringComparison.Ordinal));
                if (entry.Question.Text.Length > (best?.Question.Text.Length ?? 0) || choices > bestChoices)
                {
                    (best, bestChoices) = (entry, choices);
                }
            }
        }

        return best?.Answer;
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
