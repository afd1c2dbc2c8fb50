using System.Text.Json;
using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

public class JsonTests
{
    [Theory]
    [InlineData("{\"a\": 1, \"b\": [1, 2]}", "{\"b\":[1,2],\"a\":1.0}")]
    [InlineData("```json\n{\"a\": 1}\n```", "{\"a\": 1}")]
    [InlineData("Here you are:\n\n{\"a\": {\"b\": null}}\n\nHope it helps!", "{\"a\":{\"b\":null}}")]
    [InlineData("{'a': True, 'b': None}", "{\"b\": null, \"a\": true}")]
    [InlineData("{\"a\": 1,}", "{\"a\": 1}")]
    [InlineData("{\"a\": 1e2}", "{\"a\": 100}")]
    [InlineData("{\"reasoning\": \"…\", \"answer\": {\"a\": 1}}", "{\"a\": 1}")]
    [InlineData("{\"reasoning\": \"…\", \"answer\": \"{\\\"a\\\": 1}\"}", "{\"a\": 1}")]
    [InlineData("[1, 2]", "[1.0, 2]")]
    [InlineData("42", "42.0")]
    [InlineData("\"x\"", "\"\\u0078\"")]
    public void EqualStructureHasOneKey(string left, string right) => Assert.Equal(Reading.Key(AnswerKind.Json, left), Reading.Key(AnswerKind.Json, right));

    [Theory]
    [InlineData("{\"a\": 1}", "{\"a\": \"1\"}")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("{\"a\": 1}", "{\"a\": 1, \"b\": 2}")]
    [InlineData("{\"a\": null}", "{}")]
    [InlineData("\"A\"", "\"a\"")]
    public void DifferentStructureHasTwoKeys(string left, string right) => Assert.NotEqual(Reading.Key(AnswerKind.Json, left), Reading.Key(AnswerKind.Json, right));

    [Theory]
    [InlineData("")]
    [InlineData("There is no JSON here.")]
    [InlineData("{\"a\": [1, 2, {\"b\": ")]
    [InlineData("I cannot do that.")]
    public void ReadsNothingFromWhatIsNoJson(string text) => Assert.Null(Reading.Key(AnswerKind.Json, text));

    [Fact]
    public void OnlyAcceptedJsonHasAVote()
    {
        var form = new AnswerForm { Kind = AnswerKind.Json, Accepts = static value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out _) };
        var reading = AnswerReader.Read(["{\"name\": \"x\"}", "{\"title\": \"x\"}", "{\"reasoning\": \"r\", \"answer\": {\"name\": \"x\"}}"], form);
        Assert.Equal([true, false, true], reading.Answers.Select(static answer => answer is not null));
        Assert.Equal(reading.Answers[0]!.Key, reading.Answers[2]!.Key);
    }

    [Fact]
    public void TheValueIsTheJsonItself()
    {
        var value = AnswerReader.ReadOne("```json\n{\"b\": 1, \"a\": [true]}\n```", new AnswerForm { Kind = AnswerKind.Json })!.Value;
        Assert.Equal("{\"b\":1,\"a\":[true]}", value.GetRawText());
    }

    [Fact]
    public void HalvesOfCharactersHaveOneForm()
    {
        // In code, since a test's data are sent as UTF-8, which has no halves.
        var key = Reading.Key(AnswerKind.Json, "{\"a\uD83D\": \"\uDE00\"}")!;
        Assert.Equal("{\"a\uFFFD\":\"\uFFFD\"}", key);
        Assert.Equal(key, Reading.Key(AnswerKind.Json, key));
    }
}
