using Consensus.Core.Answers;
using Consensus.Core.Clustering;
using Consensus.Core.Privacy;

namespace Consensus.Core.Tests.Answers;

/// <summary>Inputs as long as the API lets in, made to hurt: a reader that is not linear, or that recurses, does not come back from them.</summary>
public class HostileTextTests
{
    // A tenth of what the API lets in: enough to tell linear from quadratic, short enough to try everything.
    private const int Length = 10_000;
    private const int FullLength = 100_000;

    public static TheoryData<string> Units =>
    [
        "a", "1", " ", "\n", "(", "[", "{", "{\"", "{\"a\":", "[[", "\"", "'", "\\", "\\\\", "`", "```", "*", "**", "_", "#", "####", "$", "@", "a@", "-", "1-", "1 ", "1,", "1.", "1:", "a:", "::", "/", "1/", "^", "1^", "=", "1=", "answer", "answer is ",
        "the answer is (A). ", "\"answer\": ", "{\"answer\": \"", "\\boxed{", "\\frac{1}", "\\frac{", "√", "(1+", "1+", "not ", "A", "(A)", "Paris ", "中", "不", "한", "e\u0301", "\uD835\uDC00", "eyJ", "eyJa.", "sk-", "key-", "password:", "token=\"", "Bearer ", "+1", "1e", "DE89", "](", "[a](", "<think>", "</think>", "=1 ", "one ", "和", "- ", "> ", "No. ", "is ",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public void ALongRunOfAnythingIsRead(string unit) => ReadEverything(unit, Length);

    [Theory]
    [InlineData("\"")]
    [InlineData("{\"a\":[")]
    [InlineData("answer is (")]
    [InlineData("\\frac{1}{")]
    [InlineData("1 ")]
    [InlineData("token='a b ")]
    public void ATextOfFullLengthIsRead(string unit) => ReadEverything(unit, FullLength);

    private static void ReadEverything(string unit, int length)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
        string[] texts = [text, text + "}", "{\"reasoning\": \"" + text];
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var form = new AnswerForm { Kind = kind, Choices = kind == AnswerKind.Choice ? ["Paris", "Rome"] : [] };
            var answers = AnswerReader.Read(texts, form).Answers.OfType<Answer>().ToArray();
            AnswerClustering.Partition(answers, form);
        }
        Redactor.Redact(text);
    }

    [Fact]
    public void ADeepLiteralIsTextAndNoOverflow()
    {
        var deep = new string('[', FullLength / 2) + new string(']', FullLength / 2);
        Assert.NotNull(Reading.Key(AnswerKind.Code, deep));
        Assert.Null(Reading.Key(AnswerKind.Json, deep));
    }

    [Fact]
    public void ALargePanelOfLongTextsIsClustered()
    {
        var words = Enumerable.Range(0, 4_000).Select(static i => $"w{i * 7919 % 5003}x").ToArray();
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => string.Join(' ', words.Skip(i).Take(300)))];
        var form = new AnswerForm { Kind = AnswerKind.Text };
        var labels = AnswerClustering.Partition([.. AnswerReader.Read(texts, form).Answers.OfType<Answer>()], form);
        Assert.Equal(60, labels.Length);
    }
}
