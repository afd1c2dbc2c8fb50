using System.Text.Json;
using Consensus.Core.Learning;
using Consensus.Testing;

namespace Consensus.Core.Tests.Learning;

/// <summary>Against fits by scipy's optimisers: eng/oracles/conditional_logit.py.</summary>
public class ConditionalLogitTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Case[] All = JsonSerializer.Deserialize<Case[]>(Repository.Read("tests/Consensus.Core.Tests/Oracles/conditional_logit.json"), Json)!;

    [Fact]
    public void FindsTheMaximumThatAnIndependentOptimiserFinds() => Assert.All(All, given =>
    {
        var theta = ConditionalLogit.Fit([.. given.Questions.Select(q => new ChoiceSet(q.Alternatives, q.Chosen))], given.Prior, given.Precision);
        Assert.All(theta, (value, i) => Assert.Equal(given.Theta[i], value, 1e-5));
    });

    [Fact]
    public void WithoutChoicesItKeepsThePrior() => Assert.Equal([0.3, -1], ConditionalLogit.Fit([], [0.3, -1], [1, 1]));

    [Fact]
    public void HugeScoresDoNotOverflow() => Assert.Equal([1, 0], ConditionalLogit.Probabilities([[0], [1]], [5000, -5000]));

    private sealed record Question(int[][] Alternatives, int Chosen);

    private sealed record Case(Question[] Questions, double[] Prior, double[] Precision, double[] Theta);
}
