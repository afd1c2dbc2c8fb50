using Consensus.Core.Learning;

namespace Consensus.Core.Tests.Learning;

public class LearnedSelectionTests
{
    [Fact]
    public void AnUnevenPanelIsLearned()
    {
        var selected = LearnedSelection.Fit(MadePanel.Of(400, [0.9, 0.4, 0.4, 0.4, 0.4], 1), 1);
        Assert.True(selected.Guard.Adopted, selected.Guard.Reason);
        Assert.True(selected.Guard.Accuracy > selected.Guard.PluralityAccuracy + 0.05);
    }

    [Fact]
    public void OfPanelsWithEqualMembersHardlyAnyIsLearned()
    {
        // The guard errs one-sidedly at 2.5 %; of 20 panels more than three would be beyond chance.
        var adopted = Enumerable.Range(1, 20).Count(seed => LearnedSelection.Fit(MadePanel.Of(200, [0.7, 0.7, 0.7, 0.7, 0.7], (ulong)seed), 1).Guard.Adopted);
        Assert.InRange(adopted, 0, 3);
    }

    [Fact]
    public void TooFewQuestionsAreRefused() => Assert.Throws<ArgumentException>(() => LearnedSelection.Fit(MadePanel.Of(49, [0.9, 0.4, 0.4], 1), 1));

    [Fact]
    public void EqualSeedsSelectAlike()
    {
        var questions = MadePanel.Of(150, [0.9, 0.5, 0.4], 3, categories: ["a", "b"]);
        var (one, other) = (LearnedSelection.Fit(questions, 5), LearnedSelection.Fit(questions, 5));
        Assert.Equal(one.Guard, other.Guard);
        Assert.Equal(one.OutOfFold, other.OutOfFold);
    }

    [Fact]
    public void FoldsAreEven() => Assert.All(LearnedSelection.FoldsOf(103, 1).CountBy(f => f), fold => Assert.InRange(fold.Value, 10, 11));
}
