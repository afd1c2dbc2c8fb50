using FsCheck;
using FsCheck.Fluent;

namespace Consensus.Core.Tests.Answers;

/// <summary>What a model might write: stated answers of every kind, cut, spliced and sprinkled with the characters that readers look for.</summary>
public sealed record ModelText(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A panel's texts; <c>null</c> for a failed call.</summary>
public sealed record PanelTexts(string?[] Values)
{
    public override string ToString() => string.Join(" ¦ ", Values.Select(static value => value ?? "(failed)"));
}

public static class ModelTexts
{
    private static readonly string[] Stated =
    [
        "The answer is (C).", "The answer is 42.", "#### 18", "\\boxed{\\frac{3}{4}}", "```json\n{\"reasoning\": \"a\", \"answer\": \"18\"}\n```", "{\"answer\": [1, {\"a\": null}]}", "**Final answer:** $1,234.50",
        "Yes, because it is.", "No.", "True", "Paris", "The capital of France is Paris.", "It is not Paris.", "['a', (1, 2), {3}]", "{'a': \"b\\n\"}", "答案是：北京。", "17 * 23 = 391", "I'm sorry, but I can't.", "1.5e3", "1 1/2",
        "three hundred and five", "B", "(B) Rome", "2\\sqrt{3}", "٤٢", "<think>hm</think>5", "", "5", "5.05", "4.95", "John paid $5 and Mary 7", "{\"a\": 1}", "{\"a\": 1.0}", "'816'",
        "{\"answer\": \"816\"}", "{\"answer\": \"'816'\"}", "{\"answer\": \"ab \"}", "{\"answer\": \"'ab '\"}", "{\"answer\": \"ab\"}", "{\"answer\": \"$5\"}", "{\"answer\": \"True\"}",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "(", ")", "\"", "'", "\\", "`", "```", "$", "*", "_", ":", ",", ".", "-", "=", "/", "^", "#", "####", "answer", "answer is ", "\"answer\": ", "\\boxed{", "\\frac{", "\n", " ", "\0", "\uD800", "\uFEFF", "\u0301", "\u202E",
        "1", "0", "9999999999999999999999", "1e999", "e", "not ", "½", "²", "十", "ⅷ", "한", "√", "π", "%", "</think>", "<think>", "</s>", "True", "None",
    ];

    public static Arbitrary<ModelText> Texts() => Text.Select(static value => new ModelText(value)).ToArbitrary();

    public static Arbitrary<PanelTexts> Panels() =>
        Gen.Frequency((1, Gen.Constant<string?>(null)), (12, Text.Select(static value => (string?)value))).ArrayOf().Resize(9).Select(static values => new PanelTexts(values)).ToArbitrary();

    private static Gen<string> Text => Gen.Frequency(
        (4, Gen.Elements(Stated)),
        (3, Mutated),
        (2, Gen.Elements(Pieces).ListOf().Select(static pieces => string.Concat(pieces))),
        (1, ArbMap.Default.GeneratorFor<string>().Select(static value => value ?? "")));

    private static Gen<string> Mutated =>
        from text in Gen.Elements(Stated)
        from other in Gen.Elements(Stated)
        from piece in Gen.Elements(Pieces)
        from at in Gen.Choose(0, text.Length)
        from cut in Gen.Choose(0, other.Length)
        from shape in Gen.Choose(0, 3)
        select shape switch
        {
            0 => text[..at],
            1 => text.Insert(at, piece),
            2 => text[..at] + other[cut..],
            _ => $"{text}\n{other}",
        };
}
