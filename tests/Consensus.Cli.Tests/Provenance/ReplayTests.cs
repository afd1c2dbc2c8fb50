using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Provenance;

public sealed class ReplayTests : CannedApiTests
{
    private static readonly Guid Run = Guid.Parse("01900000-0000-7000-8000-000000000001");

    [Fact]
    public async Task ARunThatIsDecidedAsItWasIsTheSame()
    {
        Answers(Report());
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("replay", $"{Run}", "--url", Url);

        Assert.Equal((ExitCodes.ReplaySame, ""), (code, terminal.Error));
        Assert.Equal(
            [
                $"run          {Run}",
                "decided by   majority · quorum 0.5",
                "was          consensus · 391 · agreement 66.7 %",
                "is           consensus · 391 · agreement 66.7 %",
                "code         0.1.0, as then",
                "calibration  none now, not known of then",
                "request      the stored request has its hash",
                "",
                "The same.",
            ],
            Lines(terminal));
        Assert.Equal("{}", Assert.Single(Api.Requests).Body);
    }

    [Fact]
    public async Task EveryDifferenceIsShownAndTellsBesideTheAnswer()
    {
        var report = Report();
        Answers(report with
        {
            IsSame = false,
            IsWhatIf = true,
            Quorum = 0.9,
            Is = report.Is with { Outcome = Outcome.Plurality },
            Differences = [new ReplayDifference("outcome", Json("\"consensus\""), Json("\"plurality\"")), new ReplayDifference("margin", null, Json("0.5"))],
            Versions = [new ReplayVersion("code", "0.1.0", "0.2.0", false)],
            RequestMatches = false,
        });
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("replay", $"{Run}", "--quorum", "0.9", "--strategy", "majority", "--url", Url);

        Assert.Equal((ExitCodes.ReplayDiffers, ""), (code, terminal.Error));
        Assert.Equal(
            [
                $"run         {Run}",
                "decided by  majority · quorum 0.9 · not as the run was: what it would have come to",
                "was         consensus · 391 · agreement 66.7 %",
                "is          plurality · 391 · agreement 66.7 %",
                "code        0.1.0 then, 0.2.0 now: a difference may come from it",
                "request     the stored request does not have its hash",
                "",
                "2 differences:",
                "  outcome: \"consensus\" -> \"plurality\"",
                "  margin: nothing -> 0.5",
            ],
            Lines(terminal));
        var asked = Json(Assert.Single(Api.Requests).Body);
        Assert.Equal(("majority", 0.9), (asked.GetProperty("strategy").GetString(), asked.GetProperty("quorum").GetDouble()));
    }

    [Fact]
    public async Task TheReportIsWrittenAsJsonAndTheCodeIsTheSame()
    {
        Answers(Report() with { IsSame = false });
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.ReplayDiffers, await terminal.RunAsync("replay", $"{Run}", "--json", "-", "--url", Url));
        Assert.Equal(Run, JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.ReplayReport)!.RunId);
    }

    [Fact]
    public async Task AQuorumThatJsonCannotCarryIsRefusedBeforeAnythingIsAsked()
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync("replay", $"{Run}", "--quorum", "NaN", "--url", Url));
        Assert.Contains("--quorum takes a finite number.", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(Api.Requests);
    }

    private void Answers(ReplayReport report) =>
        Api.On($"POST /v1/runs/{Run}/replay", 200, JsonSerializer.Serialize(report, ConsensusJson.Default.ReplayReport));

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private static string[] Lines(CapturedTerminal terminal) => [.. terminal.Out.TrimEnd().Split('\n').Select(static line => line.TrimEnd())];

    private static ReplayReport Report()
    {
        var verdict = new ReplayVerdict { Outcome = Outcome.Consensus, Answer = new AnswerBody("391", null, AnswerKindName.Number), Agreement = 2.0 / 3 };
        return new ReplayReport
        {
            RunId = Run,
            ReplayedAt = DateTimeOffset.UnixEpoch,
            Strategy = "majority",
            Quorum = 0.5,
            IsSame = true,
            Differences = [],
            Tolerance = 1e-9,
            Versions = [new ReplayVersion("code", "0.1.0", "0.1.0", true), new ReplayVersion("calibration", null, null, null)],
            Was = verdict,
            Is = verdict,
            RequestMatches = true,
        };
    }
}
