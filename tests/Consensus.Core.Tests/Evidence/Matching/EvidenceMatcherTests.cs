using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching;

namespace Consensus.Core.Tests.Evidence.Matching;

public sealed class EvidenceMatcherTests
{
    private static ClaimEvidence Match(string claim, params string[] passages) =>
        EvidenceMatcher.Match(claim, [.. passages.Select(static passage => new ReferenceText(passage))], WordWeights.Equal);

    [Theory]
    [InlineData("The bridge was opened in 1990.", "The bridge was opened in 1990 by the mayor.")]
    [InlineData("The firm has 3 branches.", "The firm has three branches and 40 employees.")]
    [InlineData("Sales grew by 12 percent.", "Sales grew by 12 % last year.")]
    [InlineData("The survey began on 1999-03-03.", "The survey began on 3 March 1999.")]
    [InlineData("It has 1000 seats.", "The hall is old. It has 1,000 seats.")]
    [InlineData("The road is 12 km long.", "The road is 12,000 metres long.")]
    [InlineData("Bob was beaten by Alice.", "Alice beat Bob.")]
    [InlineData("The trial was not without problems.", "The trial had problems.")]
    [InlineData("Harrow Mill has 40 workers.", "Harrow Mill lies on the Ouse. It employs 40 people.")]
    [InlineData("The engine does not use oil.", "The engine runs without oil and does not use it.")]
    [InlineData("Die Brücke wurde 1990 eröffnet.", "Die alte Brücke wurde im Jahr 1990 eröffnet.")]
    [InlineData("这座桥于1990年开放", "这座桥于1990年开放，长300米。")]
    public void WhatAPassageSaysIsSupported(string claim, string passage) => Assert.Equal(EvidenceLabel.Supported, Match(claim, passage).Label);

    [Theory]
    [InlineData("The bridge was opened in 1991.", "The bridge was opened in 1990.", ClaimObjection.Number)]
    [InlineData("The firm has four branches.", "The firm has three branches.", ClaimObjection.Number)]
    [InlineData("The road is 12 miles long.", "The road is 12 km long.", ClaimObjection.Number)]
    [InlineData("The survey began in May 1999.", "The survey began on 3 March 1999.", ClaimObjection.Number)]
    [InlineData("The bridge was not opened in 1990.", "The bridge was opened in 1990.", ClaimObjection.Negation)]
    [InlineData("The council failed to approve the plan.", "The council approved the plan.", ClaimObjection.Negation)]
    [InlineData("Sales rose in 2010.", "Sales fell in 2010.", ClaimObjection.Negation)]
    [InlineData("Hamlet was written by Marlowe.", "Hamlet was written by Shakespeare.", ClaimObjection.Name)]
    [InlineData("Bob beat Alice.", "Alice beat Bob.", ClaimObjection.Name)]
    [InlineData("The Bole flows into the Ane.", "The river Ane flows into the river Bole near Tarn.", ClaimObjection.Name)]
    [InlineData("Room 37 keeps 137 sheep.", "Room 37 keeps 100 sheep.", ClaimObjection.Number)]
    [InlineData("The hull is made of steel.", "The hull is made of copper.", ClaimObjection.Name)]
    [InlineData("Die Brücke wurde nicht 1990 eröffnet.", "Die Brücke wurde 1990 eröffnet.", ClaimObjection.Negation)]
    [InlineData("这座桥不是1990年开放的", "这座桥是1990年开放的", ClaimObjection.Negation)]
    public void WhatCannotBeTrueTogetherIsContradicted(string claim, string passage, ClaimObjection objection)
    {
        var evidence = Match(claim, passage);
        Assert.Equal((EvidenceLabel.Contradicted, objection), (evidence.Label, evidence.Objection));
        Assert.Equal(objection, evidence.Places[0].Objection);
    }

    [Theory]
    [InlineData("The bridge was painted by pupils.", "The bridge was opened in 1990.")]
    [InlineData("Beta has 30 employees.", "Acme has 40 employees.")]
    [InlineData("The museum opened in 1990.", "The museum plans to open in 1990.")]
    [InlineData("Revenue was 5 million in 2019.", "Revenue was 7 million in 2020.")]
    [InlineData("Station 37 keeps 137 sheep.", "Station 0 keeps 100 sheep.")]
    [InlineData("Bus line 15 has 22 stops.", "Bus line 12 has 14 stops.")]
    [InlineData("", "The bridge was opened.")]
    [InlineData("…!", "The bridge was opened.")]
    public void WhatIsNotSaidIsNotEnough(string claim, string passage) => Assert.Equal(EvidenceLabel.NotEnough, Match(claim, passage).Label);

    [Fact]
    public void ThePlaceIsTheSentenceThatBearsItOut()
    {
        const string Passage = "It was summer. The bridge was opened in 1990. It is long.";
        var place = Match("The bridge was opened in 1990", "Nothing here.", Passage).Places[0];
        Assert.Equal((1, "The bridge was opened in 1990."), (place.Passage, Passage[place.Start..place.End]));
    }

    [Fact]
    public void WithoutPassagesNothingIsSupported() => Assert.Equal((EvidenceLabel.NotEnough, 0), (Match("It is so.").Label, Match("It is so.").Places.Count));

    [Theory]
    [InlineData("The bridge was opened in 1991.", EvidenceLabel.Supported, EvidenceLabel.Contradicted)]
    [InlineData("The bridge was opened in 1991.", EvidenceLabel.NotEnough, EvidenceLabel.Contradicted)]
    [InlineData("The bridge was opened in 1990.", EvidenceLabel.NotEnough, EvidenceLabel.NotEnough)]
    [InlineData("The bridge was opened in 1990.", EvidenceLabel.Contradicted, EvidenceLabel.Contradicted)]
    [InlineData("Pupils crossed it.", EvidenceLabel.Supported, EvidenceLabel.Supported)]
    [InlineData("Pupils crossed it.", EvidenceLabel.Contradicted, EvidenceLabel.Contradicted)]
    public void AJudgeDoesNotOverruleTheObjectionsOfTheWords(string claim, EvidenceLabel judged, EvidenceLabel stands) =>
        Assert.Equal(stands, EvidenceMatcher.Overrule(Match(claim, "The bridge was opened in 1990."), judged));

    [Fact]
    public void ADoubtOfTheWordsKeepsAJudgeFromSupporting() =>
        Assert.Equal(EvidenceLabel.NotEnough, EvidenceMatcher.Overrule(new ClaimEvidence(EvidenceLabel.NotEnough, ClaimObjection.Number, 0.7, []), EvidenceLabel.Supported));
}
