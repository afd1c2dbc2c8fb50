using System.Diagnostics;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Questions;

public class RobustnessTests
{
    private static readonly string[] Seeds =
    [
        "What is 17 * 23?", "What is the capital of France?\nA) London\nB) Paris", "Tom has 12 apples. He gives 5 of them to Anna. Then he buys 3 more. How many apples are left?",
        "Is 17 > 3 or not?", "Anna is 5 years older than Ben. Ben is 10. How old is Anna?", "A shirt costs $80.50. It is 25% off. What is the sale price?", "Solve for x: 2x + 3 = 11 (please)",
        "If 3 pens cost $6, how much do 5 pens cost?", "Which of the following is divisible by 7?\n(A) 48\n(B) 49", "24 cookies are shared equally among six children. How many does each get?",
        "What is the next number in 2, 4, 8, 16?", "Ann has twice as many cards as Tom, who has 9 cards. How many do they have altogether?", "sqrt(2)^2 - (1/3)*5! % 7 mod 3", "Convert 5 km to meters.",
    ];

    [Fact]
    public void NoTextBreaksTheUnderstanding()
    {
        var random = new Random(4711);
        for (var i = 0; i < 6000; i++)
        {
            var text = Mutate(Seeds[random.Next(Seeds.Length)], random);
            var failure = Record.Exception(() => Conversations.Understand(text));
            Assert.True(failure is null, $"{text}\n{failure}");
        }
    }

    [Theory]
    [InlineData("What is ١٧ * ٢٣?", "391")]
    [InlineData("Which is larger, ５ or ７?", "7")]
    [InlineData("How many minutes are in ३ hours?", "180")]
    [InlineData("What is 𝟗 * 𝟗?", "81")]
    [InlineData("What \u2003\t is   17\u00a0*\r\n\r\n 23?", "391")]
    public void DigitsOfEveryScriptAndAnyWhiteSpaceAreRead(string question, string answer) => Assert.Equal(answer, Conversations.Understand(question)?.Right.Text);

    [Theory]
    [InlineData("1+")]
    [InlineData("((")]
    [InlineData("5 apples ")]
    [InlineData("A) x B) y ")]
    [InlineData("add 3 and to ")]
    [InlineData("is is is ")]
    [InlineData("how many 7 times as old as 9 ")]
    [InlineData("$1 each $2 each ")]
    [InlineData("1,")]
    [InlineData("one hundred thousand ")]
    [InlineData("\"a\": ")]
    [InlineData("A) ")]
    [InlineData("subtract ")]
    [InlineData(" ")]
    public void NoTextKeepsItBusy(string piece)
    {
        foreach (var length in new[] { 250, 690, 1200, 8000, 100_000 })
        {
            var text = string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1)) + "how many?";
            var clock = Stopwatch.StartNew();
            Conversations.Understand(text);
            // Milliseconds on an idle machine: the bound only tells "slow" from "does not end".
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{piece} x {length}: {clock.Elapsed}");
        }
    }

    private static string Mutate(string seed, Random random)
    {
        var text = seed;
        for (var changes = random.Next(1, 6); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at)),
                1 => text.Insert(at, random.NextDouble() < 0.5 ? Seeds[random.Next(Seeds.Length)][..5] : random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture)),
                2 => text.Insert(at, new[] { "\n", "  ", "(", ")", "%", "$", ".", "^", "/0", "é", "\ud83d", "½", "×", ":", "A) ", "=", "-", "one ", "x", "١٧", "５", "३", "𝟗" }[random.Next(23)]),
                3 => text[..at] + text[at..].ToUpperInvariant(),
                4 => text + " " + Seeds[random.Next(Seeds.Length)],
                _ => text[at..] + text[..at],
            };
        }

        return text;
    }
}
