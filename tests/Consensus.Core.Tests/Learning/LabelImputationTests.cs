using Consensus.Core.Learning;
using Consensus.Core.Reliability;

namespace Consensus.Core.Tests.Learning;

public class LabelImputationTests
{
    private static readonly double[] Skill = [0.75, 0.65, 0.55, 0.5, 0.45];

    [Fact]
    public void WhatIsKnownStaysAndWhatIsWrongIsNeverDrawn()
    {
        var questions = OfLeaders(MadePanel.Of(400, Skill, 1));
        var complete = LabelImputation.Complete(questions, 1);
        Assert.All(questions.Zip(complete), static pair =>
        {
            Assert.Same(pair.First.Panel, pair.Second.Panel);
            Assert.InRange(pair.Second.Right, LabelledVotes.NoneRight, pair.Second.Panel.ClusterCount - 1);
            Assert.True(pair.First.Right is { } right ? pair.Second.Right == right : pair.Second.Right != pair.First.Wrong);
        });
        Assert.Contains(questions, static q => q.Right is null);
    }

    /// <summary>Only whether the leader is right is known, as users tell it; reliabilities still come out as with full labels, and dropping what is unknown would not.</summary>
    [Fact]
    public void ReliabilityIsNotFlatteredByMissingLabels()
    {
        var truth = MadePanel.Of(3000, Skill, 2);
        var known = ModelReliability.Of(truth);
        var imputed = ModelReliability.Of(LabelImputation.Complete(OfLeaders(truth), 1));
        var dropped = ModelReliability.Of([.. OfLeaders(truth).Where(static q => q.Right is not null).Select(static q => new LabelledVotes(q.Panel, q.Right!.Value))]);
        for (var j = 0; j < Skill.Length; j++)
        {
            var model = MadePanel.Name(j);
            Assert.Equal(known[model].Value, imputed[model].Value, 0.05);
            Assert.True(dropped[model].Value > known[model].Value + 0.03, $"{model}: {dropped[model].Value} against {known[model].Value}");
        }
    }

    [Fact]
    public void TheSameSeedDrawsTheSame()
    {
        var questions = OfLeaders(MadePanel.Of(300, Skill, 3));
        Assert.Equal(LabelImputation.Complete(questions, 7), LabelImputation.Complete(questions, 7));
    }

    [Fact]
    public void FullLabelsAndNoneAtAllNeedNoDraw()
    {
        Assert.Empty(LabelImputation.Complete([], 1));
        var questions = MadePanel.Of(5, Skill, 4);
        Assert.Equal(questions, LabelImputation.Complete([.. questions.Select(static q => new PartlyLabelled(q.Panel, q.Right))], 1));
    }

    private static PartlyLabelled[] OfLeaders(IEnumerable<LabelledVotes> questions) =>
    [
        .. questions.Select(static q =>
        {
            var leader = Enumerable.Range(0, q.Panel.ClusterCount).MaxBy(k => q.Panel.Votes.Count(v => v.Cluster == k));
            return new PartlyLabelled(q.Panel, q.Right == leader ? leader : null, leader);
        }),
    ];
}
