using Consensus.Core.Answers;
using Consensus.Core.Clustering;
using Consensus.Core.Tests.Answers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Clustering;

/// <summary>Short sentences about a few things, so that many are alike.</summary>
public sealed record Sentence(string Value)
{
    public override string ToString() => Value;
}

public static class Sentences
{
    public static Arbitrary<Sentence> All() => (
        from subject in Gen.Elements("The lake", "The old bridge", "Alice", "Water", "The garden", "El agua", "Das Haus", "東京の塔")
        from verb in Gen.Elements("is", "was", "remains", "can be", "ist", "は")
        from quality in Gen.Elements("safe", "open to visitors", "300 metres long", "in Paris", "in Rome", "made of steel", "sauber", "高い")
        from rest in Gen.Elements("", " today", " for everyone", " at this time of the year", ".")
        select new Sentence($"{subject} {verb} {quality}{rest}")).ToArbitrary();
}

[Properties(Arbitrary = [typeof(ModelTexts), typeof(Sentences)], MaxTest = 100)]
public class ClusteringProperties
{
    private static readonly AnswerForm Text = new() { Kind = AnswerKind.Text };

    [Property]
    public void EveryAnswerHasALabelFromZeroOnWithoutGaps(PanelTexts panel)
    {
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var labels = Partition(panel.Values, new AnswerForm { Kind = kind, Tolerance = 0.1 }, out var answers);
            Assert.Equal(answers.Length, labels.Length);
            Assert.All(labels, label => Assert.InRange(label, 0, labels.Length - 1));
        }
    }

    [Property]
    public void ThePartitionIsTheSameInAnyOrder(PanelTexts panel, Sentence[] sentences, int seed)
    {
        string?[] texts = [.. panel.Values, .. sentences.Select(static sentence => sentence.Value)];
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var form = new AnswerForm { Kind = kind, Tolerance = 0.1 };
            var labels = Partition(texts, form, out var answers);
            var order = Enumerable.Range(0, answers.Length).OrderBy(i => unchecked((i + 1) * (seed | 1) * 2654435761u)).ToArray();
            var permuted = AnswerClustering.Partition([.. order.Select(i => answers[i])], form);
            for (var i = 0; i < order.Length; i++)
            {
                for (var j = 0; j < i; j++)
                    Assert.Equal(labels[order[i]] == labels[order[j]], permuted[i] == permuted[j]);
            }
        }
    }

    [Property]
    public void EqualKeysAreTogether(PanelTexts panel)
    {
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var labels = Partition(panel.Values, new AnswerForm { Kind = kind, Tolerance = 0.1 }, out var answers);
            Assert.All(answers.Index().GroupBy(static entry => entry.Item.Key), group => Assert.Single(group.Select(entry => labels[entry.Index]).Distinct()));
        }
    }

    [Property]
    public void NumbersOfAClusterNeverDifferByMoreThanTheTolerance(int[] tenths, byte width)
    {
        var tolerance = width / 100.0;
        var labels = Partition([.. tenths.Select(static value => $"{value % 100 / 10.0}")], new AnswerForm { Kind = AnswerKind.Number, Tolerance = tolerance }, out var answers);
        foreach (var cluster in answers.Index().GroupBy(entry => labels[entry.Index]))
        {
            var values = cluster.Select(static entry => entry.Item.Number).ToArray();
            Assert.True(values.Max() - values.Min() <= tolerance + 1e-12);
        }
    }

    [Property]
    public void AnAnswerAndItsNegationAreNeverTogether(Sentence sentence, Sentence[] others)
    {
        string negation = $"It is not true that {sentence.Value}";
        var labels = Partition([sentence.Value, negation, .. others.Select(static other => other.Value)], Text, out _);
        Assert.NotEqual(labels[0], labels[1]);
    }

    [Property]
    public void SentencesThatDifferInANumberAreNeverTogether(Sentence sentence, int left, int right)
    {
        if (left == right)
            return;
        var labels = Partition([$"{sentence.Value} {left}", $"{sentence.Value} {right}"], Text, out _);
        Assert.NotEqual(labels[0], labels[1]);
    }

    [Property]
    public void TheMedoidIsOneOfTheAnswersWhateverTheirOrder(Sentence[] sentences)
    {
        if (sentences.Length == 0)
            return;
        var answers = AnswerReader.Read([.. sentences.Select(static sentence => sentence.Value)], Text).Answers.OfType<Answer>().ToArray();
        var (index, similarity) = AnswerClustering.Medoid(answers);
        var (mirrored, same) = AnswerClustering.Medoid([.. answers.Reverse()]);
        Assert.InRange(similarity, 0, 1);
        Assert.Equal(similarity, same);
        Assert.Equal(answers[index].Key, answers[answers.Length - 1 - mirrored].Key);
    }

    private static int[] Partition(IReadOnlyList<string?> texts, AnswerForm form, out Answer[] answers)
    {
        var reading = AnswerReader.Read(texts, form);
        answers = [.. reading.Answers.OfType<Answer>()];
        return AnswerClustering.Partition(answers, form);
    }
}
