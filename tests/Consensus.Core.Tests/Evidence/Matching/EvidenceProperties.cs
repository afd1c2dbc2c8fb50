using System.Text;
using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Evidence.Matching;

public sealed class EvidenceProperties
{
    private static readonly string[] Said =
    [
        "Harrow Mill was founded in 1874 by Thomas Pell.", "The lamp cannot be dimmed.", "Alice beat Bob in 34 moves.", "Sales rose by 12 % to 3.4 million euros.", "Die Brücke wurde nicht 1990 eröffnet.",
        "清水桥建于1956年，全长480米。", "Музей не работает по понедельникам.", "El club nunca ha jugado en Madrid.", "Nobody was hurt.", "It was so.", "The ship sank within forty minutes on 3 March 1931.", "مصر ليست في آسيا",
    ];

    private static readonly string[] Odd =
    [
        "", " ", "…", "!?;", "1 2 3 4 5", "[1]", "\ud800", "a\u0301\u0301\u0301", "0", "12 %", "€", "not not not", "nobody nothing never", "May may", "1.2.3.4,5", "second second", "-", "٣٤٥", "一二三年", "half of", "a third of",
    ];

    private static EvidenceLabel Label(string claim, params IEnumerable<string> passages) =>
        EvidenceMatcher.Match(claim, [.. passages.Select(static passage => new ReferenceText(passage))], WordWeights.Equal).Label;

    [Property(MaxTest = 200)]
    public void ASentenceOfAPassageWordForWordIsSupported(int sentence, int[] order)
    {
        var claim = Said[Math.Abs(sentence % Said.Length)];
        var passage = string.Join("\n", Said.Select(static (text, i) => (text, i)).OrderBy(pair => (order ?? []).ElementAtOrDefault(pair.i)).Select(static pair => pair.text));
        Assert.Equal(EvidenceLabel.Supported, Label(claim, passage));
    }

    [Property(MaxTest = 200)]
    public void TheOrderOfThePassagesDoesNotChangeTheLabel(int sentence, int[] places, int seed)
    {
        var claim = Said[Math.Abs(sentence % Said.Length)].Replace("34", "43", StringComparison.Ordinal).Replace("not ", "", StringComparison.Ordinal);
        string[] passages = [.. (places ?? []).Select(static place => Said[Math.Abs(place % Said.Length)])];
        Assert.Equal(Label(claim, passages), Label(claim, passages.OrderBy(passage => HashCode.Combine(seed, passage.Length))));
    }

    [Property(MaxTest = 200)]
    public void APassageMoreTakesNoSupportAway(int sentence, string more, int other)
    {
        var claim = Said[Math.Abs(sentence % Said.Length)];
        string[] passages = [.. Said.Where(text => text != claim), more ?? "", Said[Math.Abs(other % Said.Length)]];
        Assert.Equal(EvidenceLabel.Supported, Label(claim, passages.Append(claim)));
    }

    [Property(MaxTest = 300)]
    public void AnyTextsGiveALabelAndTheSameAgain(string claim, string passage, int odd, int other)
    {
        foreach (var (one, two) in new[] { (claim ?? "", passage ?? ""), (Odd[Math.Abs(odd % Odd.Length)], passage ?? ""), (Odd[Math.Abs(odd % Odd.Length)], Odd[Math.Abs(other % Odd.Length)]) })
        {
            var text = new ReferenceText(two, one);
            var first = EvidenceMatcher.Match(one, [text], WordWeights.Equal);
            var again = EvidenceMatcher.Match(one, [new ReferenceText(two, one)], WordWeights.Equal);
            Assert.Equal((first.Label, first.Objection, first.Coverage), (again.Label, again.Objection, again.Coverage));
            Assert.Equal(first.Places, again.Places);
            Assert.InRange(first.Coverage, 0, 1);
            Assert.All(first.Places, place => Assert.True(place.Start >= 0 && place.Start < place.End && place.End <= two.Length));
        }
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("Name 12 ")]
    [InlineData("not ")]
    [InlineData("一二三")]
    [InlineData("1,000 ")]
    [InlineData("a. ")]
    public void LongTextsThatRepeatThemselvesGiveALabel(string part)
    {
        var text = new StringBuilder().Insert(0, part, 100_000 / part.Length).ToString();
        Assert.NotEqual(EvidenceLabel.Supported, Label(text, Enumerable.Repeat("The bridge was opened in 1990 by Ann.", 200)));
        Assert.NotEqual(EvidenceLabel.Supported, Label("The bridge was opened in 1990 by Ann.", text));
        Assert.True(Enum.IsDefined(Label(text, text + " more")));
    }

    [Fact]
    public void TheVersionIsNamed() => Assert.Equal("words@2", EvidenceMatcher.Version);
}
