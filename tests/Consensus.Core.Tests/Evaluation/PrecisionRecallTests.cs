using System.Text.Json;
using Consensus.Core.Evaluation;
using Consensus.Testing;

namespace Consensus.Core.Tests.Evaluation;

public sealed class PrecisionRecallTests
{
    /// <summary>The example in the documentation of scikit-learn's average_precision_score.</summary>
    [Fact]
    public void TheDocumentedExampleComesOut() => Assert.Equal(0.8333, PrecisionRecall.Average([0.1, 0.4, 0.35, 0.8], [false, false, true, true])!.Value, 4);

    /// <summary>Cases with and without ties, computed by scikit-learn: eng/oracles/claims.py.</summary>
    [Fact]
    public void AgreesWithScikitLearn()
    {
        using var oracle = JsonDocument.Parse(Repository.Read("tests/Consensus.Core.Tests/Oracles/claims.json"));
        var cases = oracle.RootElement.GetProperty("averagePrecision").EnumerateArray().ToArray();
        Assert.Equal(4, cases.Length);
        Assert.All(cases, static @case => Assert.Equal(
            @case.GetProperty("value").GetDouble(),
            PrecisionRecall.Average(
                [.. @case.GetProperty("scores").EnumerateArray().Select(static score => score.GetDouble())],
                [.. @case.GetProperty("truths").EnumerateArray().Select(static truth => truth.GetBoolean())])!.Value,
            1e-12));
    }

    [Fact]
    public void EqualScoresGiveTheShareOfTrueCases() => Assert.Equal(0.25, PrecisionRecall.Average([1, 1, 1, 1], [false, true, false, false]));

    [Fact]
    public void WithoutTrueCasesThereIsNoPrecision() => Assert.Null(PrecisionRecall.Average([1, 2], [false, false]));

    [Fact]
    public void AScoreWithoutTruthIsRefused() => Assert.Throws<ArgumentException>(static () => PrecisionRecall.Average([1, 2], [true]));
}
