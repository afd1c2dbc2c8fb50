using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

public class TextTests
{
    [Theory]
    [InlineData("Paris", "Paris")]
    [InlineData("paris.", "paris")]
    [InlineData("The answer is **Paris**", "Paris")]
    [InlineData("The answer is **Paris**.", "Paris")]
    [InlineData("**Answer:** Paris", "Paris")]
    [InlineData("## Answer\n\nParis", "Paris")]
    [InlineData("{\"reasoning\": \"…\", \"answer\": \"Paris\"}", "Paris")]
    [InlineData("\\boxed{Paris}", "Paris")]
    [InlineData("$\\boxed{\\text{Paris}}$", "Paris")]
    [InlineData("The answer is $\\mathrm{New\\ York}$.", "New York")]
    [InlineData("{\"answer\": \"snake__case.\"}", "snake__case.")]
    [InlineData("{\"answer\": \"**Paris**\"}", "Paris")]
    [InlineData("\"Paris\"", "Paris")]
    [InlineData("«Paris»", "Paris")]
    [InlineData("The answer is Paris. It lies on the Seine.", "Paris")]
    [InlineData("The answer is St. Petersburg.", "St. Petersburg")]
    [InlineData("La respuesta es **París**.", "París")]
    [InlineData("答案是：北京。", "北京")]
    [InlineData("- Paris", "Paris")]
    [InlineData("[Paris](https://example.org/paris)", "Paris")]
    [InlineData("Use snake_case and 2 * 3 * 4", "Use snake_case and 2 * 3 * 4")]
    public void ReadsTheAnswerAlone(string text, string expected) => Assert.Equal(expected, AnswerReader.ReadOne(text, new AnswerForm { Kind = AnswerKind.Text })?.Text);

    [Theory]
    [InlineData("Paris", "paris.")]
    [InlineData("Paris", "The answer is **Paris**")]
    [InlineData("ＰＡＲＩＳ", "paris")]
    [InlineData("São Paulo", "Sa\u0303o Paulo")]
    [InlineData("ΑΘΗΝΑΣ", "αθηνας")]
    [InlineData("МОСКВА", "Москва")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ﬁre", "fire")]
    [InlineData("ｶﾞﾗｽ", "ガラス")]
    [InlineData("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8")]
    [InlineData("don’t", "don't")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("ﻣﺼﺮ", "مصر")]
    [InlineData("Ⅻ", "XII")]
    [InlineData("\\boxed{\\text{Paris}}", "Paris")]
    [InlineData("$\\frac{1}{2}$", "\\dfrac12")]
    [InlineData("\\boxed{x^{2} + 1}", "x^2+1")]
    [InlineData("\\left( 3, \\frac{\\pi}{2} \\right)", "$(3, \\pi/2)$")]
    [InlineData("30^\\circ", "30^{\\circ}")]
    [InlineData("x \\leq 5", "$x\\le5$")]
    public void WritingsOfOneTextHaveOneKey(string left, string right) => Assert.Equal(Reading.Key(AnswerKind.Text, left), Reading.Key(AnswerKind.Text, right));

    [Theory]
    [InlineData("C", "C++")]
    [InlineData("10²", "102")]
    [InlineData("Paris", "London")]
    [InlineData("が", "か")]
    [InlineData("résumé", "resume")]
    [InlineData("x^{12}", "x^1 2")]
    [InlineData("\\frac{1}{2}", "\\frac{2}{1}")]
    [InlineData("\\frac{a+b}{c}", "a+\\frac{b}{c}")]
    public void DifferentTextsHaveDifferentKeys(string left, string right) => Assert.NotEqual(Reading.Key(AnswerKind.Text, left), Reading.Key(AnswerKind.Text, right));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("I'm sorry, but I can't assist with that request.")]
    [InlineData("I’m unable to answer.")]
    [InlineData("As an AI language model, I do not have opinions.")]
    [InlineData("Lo siento, no puedo ayudar con eso.")]
    [InlineData("抱歉，我无法回答这个问题。")]
    [InlineData("N/A")]
    [InlineData("{\"reasoning\": \"…\", \"answer\": \"\"}")]
    [InlineData("{\"reasoning\": \"…\", \"answer\": null}")]
    [InlineData("<think>Hmm, let me see")]
    [InlineData("</s>")]
    public void RefusalsAndEmptyTextsAreNoAnswers(string text) => Assert.Null(Reading.Key(AnswerKind.Text, text));

    [Fact]
    public void AnApologyThatGoesOnToAnswerIsAnAnswer() => Assert.Equal("42", Reading.Key(AnswerKind.Number, "I'm sorry for the confusion. The answer is 42."));

    [Fact]
    public void AFailedCallHasNoAnswer() => Assert.Null(AnswerReader.ReadOne(null, AnswerForm.Auto));
}
