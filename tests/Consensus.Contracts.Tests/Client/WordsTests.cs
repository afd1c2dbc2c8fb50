using System.Text.Json;
using Consensus.Contracts.Client;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Contracts.Tests.Client;

public sealed class WordsTests
{
    [Fact]
    public void A_run_that_a_policy_stopped_is_told_with_every_reason_and_is_not_answered()
    {
        var gate = new GateBody("v", GateDecision.Withheld,
        [
            new GateFinding(GateName.Redaction, GateMode.Enforce, "Taken out."), new GateFinding(GateName.PanelSize, GateMode.Shadow, "Too small."),
            new GateFinding(GateName.MinimumAgreement, GateMode.Enforce, "Too little."),
        ]);
        Assert.Equal("The policy keeps the answer back. Too little.", Words.Gate(gate));
        Assert.Equal("The policy refuses the question. Too little.", Words.Gate(gate with { Decision = GateDecision.Refused }));
        Assert.Null(Words.Gate(gate with { Decision = GateDecision.Passed }));
        var run = new ConsensusResponse { RunId = Guid.NewGuid(), Status = RunStatus.Completed, Strategy = "majority", Outcome = Outcome.Consensus };
        Assert.True(Words.IsAnswered(run));
        Assert.False(Words.IsAnswered(run with { Gate = gate }));
        Assert.False(Words.IsAnswered(run with { Outcome = Outcome.NoConsensus }));
    }

    [Fact]
    public void Nobody_leads_before_the_first_cluster()
    {
        Assert.Null(Words.Leading(null));
        Assert.Null(Words.Leading(new ClustersSoFar(0, 5, [])));
    }

    [Fact]
    public void The_heaviest_cluster_is_ahead_and_equal_ones_are_tied()
    {
        Assert.Equal("ahead: 391 (2)", Words.Leading(new ClustersSoFar(3, 5, [CannedRuns.Cluster(0, "391", 0, 1), CannedRuns.Cluster(1, "401", 3)])));
        Assert.Equal("tied: 391 (1), 401 (1)", Words.Leading(new ClustersSoFar(2, 5, [CannedRuns.Cluster(0, "391", 0), CannedRuns.Cluster(1, "401", 3)])));
        Assert.Equal("ahead: 391 (1)", Words.Leading(new ClustersSoFar(2, 5, [CannedRuns.Cluster(0, "391", 0) with { Weight = 1.5 }, CannedRuns.Cluster(1, "401", 3)])));
    }

    [Fact]
    public void An_answered_candidate_without_its_text_is_not_one_without_an_answer()
    {
        var answered = CannedRuns.Candidate(0, "391") with { Answer = null, Text = null };

        Assert.Equal("(not stored)", Words.What(answered));
        Assert.Equal("391", Words.What(CannedRuns.Candidate(0, "391")));
        Assert.Equal("timeout: late", Words.What(CannedRuns.Failed(0, FailureReason.Timeout, "late")));
        Assert.Equal("timeout", Words.What(CannedRuns.Failed(0, FailureReason.Timeout, "")));
        Assert.Equal("no answer", Words.What(CannedRuns.Failed(0, FailureReason.NoAnswer, "") with { Error = null }));
    }

    [Fact]
    public void A_flip_probability_is_told_only_where_it_is_known()
    {
        Assert.Equal("flips in 31.7 % of resampled panels", Words.Flips(new StabilityBody { Level = StabilityLevel.Fragile, FlipProbability = 0.31744 }));
        Assert.Null(Words.Flips(new StabilityBody { Level = StabilityLevel.Insufficient }));
    }

    [Theory]
    [InlineData("""["a","b"]""", "Allowed: a, b.")]
    [InlineData("\"1 to 5\"", "Allowed: 1 to 5.")]
    [InlineData("null", "")]
    public void What_is_allowed_is_a_list_or_a_sentence(string allowed, string words) =>
        Assert.Equal(words, Words.Allowed(JsonSerializer.Deserialize<JsonElement>(allowed)));
}
