using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

public class CodeTests
{
    [Theory]
    [InlineData("'ff'", "'ff'")]
    [InlineData("\"ff\"", "'ff'")]
    [InlineData("ff", "'ff'")]
    [InlineData("`ff`", "'ff'")]
    [InlineData("{\"answer\": \"ff\"}", "'ff'")]
    [InlineData("{\"answer\": \"'ff'\"}", "'ff'")]
    [InlineData("{\"answer\": \"\\\"ff\\\"\"}", "'ff'")]
    [InlineData("{\"answer\": \"\\\\\\\"ff\\\\\\\"\"}", "'ff'")]
    [InlineData("{\"answer\": \"'a\\\\nb'\"}", "'a\\nb'")]
    [InlineData("{\"answer\": \"a\\nb\"}", "'a\\nb'")]
    [InlineData("{\"answer\": \"a\\\\nb\"}", "'a\\nb'")]
    [InlineData("''", "''")]
    [InlineData("{\"answer\": \"\"}", "''")]
    [InlineData("{\"answer\": \"''\"}", "''")]
    [InlineData("{\"answer\": \"     7     \"}", "'     7     '")]
    [InlineData("{\"answer\": \"'it's'\"}", "'it\\'s'")]
    [InlineData("{\"answer\": \"\\\\foo\"}", "'\\\\foo'")]
    [InlineData("{\"answer\": \"'\\\\foo'\"}", "'\\\\foo'")]
    [InlineData("{\"answer\": \"'a\\\\f'\"}", "'a\f'")]
    public void TextIsOneWhateverItsQuotesAndEscapes(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Code, text));

    [Theory]
    [InlineData("[1, 2, 3]", "[1,2,3]")]
    [InlineData("['a', \"b\"]", "[\"a\", 'b']")]
    [InlineData("(1, 2)", "1, 2")]
    [InlineData("(1,)", "( 1 , )")]
    [InlineData("{'a': 1, 'b': None}", "{\"b\": null, \"a\": 1}")]
    [InlineData("{1, 2, 3}", "{3, 2, 1}")]
    [InlineData("set()", "set([])")]
    [InlineData("{}", "dict()")]
    [InlineData("True", "true")]
    [InlineData("None", "null")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("[[1, [2]], {'x': (1, 2)}]", "[[1,[2]],{\"x\":(1,2)}]")]
    [InlineData("assert f(3) == [1, 2]", "[1, 2]")]
    [InlineData("The output is `[1, 2]`.\nThe answer is `[1, 2]`.", "[1, 2]")]
    [InlineData("```python\n[1, 2]\n```", "[1, 2]")]
    [InlineData("r'a'", "'a'")]
    [InlineData("{\"answer\": [1, 2]}", "{\"answer\": \"[1, 2]\"}")]
    [InlineData("{\"answer\": {\"a\": 1}}", "{\"answer\": \"{'a': 1}\"}")]
    public void EqualValuesHaveOneForm(string left, string right) => Assert.Equal(Reading.Key(AnswerKind.Code, left), Reading.Key(AnswerKind.Code, right));

    [Theory]
    [InlineData("[1, 2]", "(1, 2)")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("'3'", "3")]
    [InlineData("True", "1")]
    [InlineData("'True'", "True")]
    [InlineData("{'a': 1}", "{'a': 2}")]
    [InlineData("'Hello'", "'hello'")]
    [InlineData("'a b'", "'a  b'")]
    [InlineData("(1,)", "(1)")]
    [InlineData("set()", "{}")]
    [InlineData("{{{}}}", "{}")]
    public void DifferentValuesHaveDifferentForms(string left, string right) =>
        Assert.NotEqual(Reading.Key(AnswerKind.Code, left), Reading.Key(AnswerKind.Code, right));

    [Fact]
    public void ABareNumberIsTheTextThatAnotherAnswerQuotes()
    {
        var form = new AnswerForm { Kind = AnswerKind.Code };
        string[] texts = ["{\"answer\": \"816\"}", "{\"answer\": \"'816'\"}"];
        Assert.All(AnswerReader.Read(texts, form).Answers, static answer => Assert.Equal("'816'", answer!.Key));
        Assert.Equal("816", AnswerReader.Read(texts[..1], form).Answers[0]!.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I'm sorry, I can't run this.")]
    [InlineData("{\"reasoning\": \"The function f takes a string and iiiiiiiiiii")]
    public void ReadsNothingFromWhatIsNoAnswer(string text) => Assert.Null(Reading.Key(AnswerKind.Code, text));
}
