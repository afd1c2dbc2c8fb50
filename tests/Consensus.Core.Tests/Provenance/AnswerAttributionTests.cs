using Consensus.Core.Provenance;

namespace Consensus.Core.Tests.Provenance;

public sealed class AnswerAttributionTests
{
    private const string Answer = "Paris is the capital of France. Berlin is the capital of Germany.";

    private static readonly AttributionSource Whole = new("a", "I am sure: Paris is the capital of France. Berlin is the capital of Germany.");
    private static readonly AttributionSource Half = new("b", "Berlin is the capital of Germany.");
    private static readonly AttributionSource Other = new("c", "Bananas are yellow when they are ripe.");

    [Fact]
    public void EachSentenceNamesTheTextsThatHoldIt()
    {
        var sentences = AnswerAttribution.Of(Answer, [Whole, Half, Other]);

        Assert.Equal(["Paris is the capital of France.", "Berlin is the capital of Germany."], sentences.Select(sentence => Answer[sentence.Start..sentence.End]));
        Assert.Equal(["a"], sentences[0].Sources.Select(static source => source.Source));
        Assert.Equal(["a", "b"], sentences[1].Sources.Select(static source => source.Source).Order());
        var held = sentences[1].Sources.Single(static source => source.Source == "a");
        Assert.Equal("Berlin is the capital of Germany.", Whole.Text[held.Start..held.End]);
    }

    [Fact]
    public void ATextThatSaysTheContraryHoldsNothing() =>
        Assert.Empty(AnswerAttribution.Of("The bridge opened in 1932.", [new("a", "The bridge opened in 1937.")])[0].Sources);

    [Fact]
    public void WithoutTextsAndWithoutAnAnswerNothingIsHeld()
    {
        Assert.All(AnswerAttribution.Of(Answer, []), static sentence => Assert.Empty(sentence.Sources));
        Assert.Empty(AnswerAttribution.Of("", [Whole]));
    }

    [Fact]
    public void TheOrderOfTheTextsChangesNoSupport()
    {
        var one = AnswerAttribution.Of(Answer, [Whole, Half, Other]);
        var other = AnswerAttribution.Of(Answer, [Other, Half, Whole]);

        Assert.Equal(Supports(one), Supports(other));

        static IEnumerable<string> Supports(IReadOnlyList<AttributedSentence> sentences) => sentences
            .SelectMany(static sentence => sentence.Sources.Select(source => $"{sentence.Start} {source}")).Order(StringComparer.Ordinal);
    }
}
