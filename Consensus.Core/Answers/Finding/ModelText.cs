namespace Consensus.Core.Answers.Finding;

/// <summary>What a model wrote, without what is not meant for the reader.</summary>
internal static class ModelText
{
    private static readonly string[] EndMarks =
        ["</s>", "<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>", "<end_of_turn>", "<|end|>", "<|END_OF_TURN_TOKEN|>", "[/INST]", "<eos>", "\0"];

    private static readonly string[] ThoughtTags = ["think", "thinking", "reasoning", "thought", "scratchpad"];

    /// <summary>Removes the models' end marks and closed blocks of thought; a thought that never ends leaves nothing.</summary>
    public static string Clean(string text) => WithoutThought(WithoutEndMarks(text.AsSpan().Trim().Trim('\uFEFF'))).ToString();

    private static ReadOnlySpan<char> WithoutEndMarks(ReadOnlySpan<char> text)
    {
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var mark in EndMarks)
            {
                if (text.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
                {
                    text = text[..^mark.Length].TrimEnd();
                    changed = true;
                }
            }
        }
        return text;
    }

    private static ReadOnlySpan<char> WithoutThought(ReadOnlySpan<char> text)
    {
        foreach (var tag in ThoughtTags)
        {
            if (text.LastIndexOf($"</{tag}>", StringComparison.OrdinalIgnoreCase) is >= 0 and var close)
                text = text[(close + tag.Length + 3)..].TrimStart();
            else if (text.StartsWith($"<{tag}>", StringComparison.OrdinalIgnoreCase))
                return [];
        }
        return text.StartsWith("<answer>", StringComparison.OrdinalIgnoreCase)
            && text.LastIndexOf("</answer>", StringComparison.OrdinalIgnoreCase) is > 8 and var end
            ? text[8..end].Trim()
            : text;
    }
}
