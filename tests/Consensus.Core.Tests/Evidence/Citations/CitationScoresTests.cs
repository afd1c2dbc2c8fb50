using Consensus.Core.Evidence.Citations;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Evidence.Citations;

public sealed class CitationScoresTests
{
    [Fact]
    public void ACitationIsPreciseWhenItBearsTheStatementOutAloneOrIsNeeded()
    {
        // Passages 1 and 2 are needed together; 3 adds nothing.
        static bool BearsOut(int _, IReadOnlyList<int> passages) => passages.Contains(1) && passages.Contains(2);
        var scores = CitationScores.Of([[1, 2, 3]], 3, BearsOut);
        Assert.Equal((1, 1, 3, 2), (scores.Statements, scores.BorneOut, scores.Citations, scores.Precise));
    }

    [Fact]
    public void TwoThatEachBearItOutAreBothPrecise() => Assert.Equal(1, CitationScores.Of([[1, 2]], 2, static (_, _) => true).Precision);

    [Fact]
    public void NoCitationOfAStatementThatIsNotBorneOutIsPrecise()
    {
        var scores = CitationScores.Of([[1], [2], []], 2, static (statement, _) => statement == 0);
        Assert.Equal((1.0 / 3, 0.5), (scores.Recall, scores.Precision));
    }

    [Fact]
    public void ACitationOfNoPassageIsNotPrecise()
    {
        var scores = CitationScores.Of([[1, 9], [9]], 5, static (_, passages) => passages.All(static passage => passage <= 5));
        Assert.Equal((0.5, 1.0 / 3), (scores.Recall, scores.Precision));
    }

    [Fact]
    public void WhereNobodyCitesThereIsNoFigure()
    {
        var scores = CitationScores.Of([[], []], 5, static (_, _) => true);
        Assert.Null(scores.Recall);
        Assert.Null(scores.Precision);
        Assert.Null(CitationScores.Of([], 5, static (_, _) => true).Recall);
    }

    [Property(MaxTest = 300)]
    public void FiguresAreSharesAndPrecisionNeedsRecall(byte[][] cited, int salt)
    {
        IReadOnlyList<int>[] statements = [.. (cited ?? []).Select(static marks => (IReadOnlyList<int>)[.. (marks ?? []).Select(static mark => mark % 7)])];
        bool BearsOut(int statement, IReadOnlyList<int> passages) => passages.Any(passage => HashCode.Combine(statement, passage, salt) % 2 == 0);
        var scores = CitationScores.Of(statements, 5, BearsOut);
        Assert.InRange(scores.BorneOut, 0, scores.Statements);
        Assert.InRange(scores.Precise, 0, scores.Citations);
        Assert.True(scores.Precise == 0 || scores.BorneOut > 0);
        Assert.Equal(scores.BorneOut, statements.Select(static (marks, i) => (marks, i)).Count(pair => pair.marks.Any(static mark => mark is >= 1 and <= 5)
            && BearsOut(pair.i, [.. pair.marks.Where(static mark => mark is >= 1 and <= 5).Distinct()])));
    }
}
