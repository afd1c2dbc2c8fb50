using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Asking;

public sealed class AskFailureTests : CannedApiTests
{
    [Fact]
    public async Task A_refused_request_shows_every_violation_and_what_is_allowed()
    {
        Api.On("POST /v1/consensus", 400, CannedRuns.Problem(
            ErrorCatalog.ValidationFailed,
            "2 members are wrong.",
            new FieldError("strategy", "unknown_strategy", "There is no strategy 'x'.", JsonSerializer.SerializeToElement(new[] { "majority", "weighted" })),
            new FieldError("quorum", "out_of_range", "The quorum is [bold]7[/].", JsonSerializer.SerializeToElement("[0, 1)"))), "application/problem+json");
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "?", "--url", Url);

        Assert.Equal(ExitCodes.Error, code);
        Assert.Equal("", terminal.Out.Trim());
        Assert.Contains("The request is not valid. (validation_failed, 400)", terminal.Error);
        Assert.Contains("2 members are wrong.", terminal.Error);
        Assert.Contains("strategy: There is no strategy 'x'. Allowed: majority, weighted.", terminal.Error);
        Assert.Contains("quorum: The quorum is [bold]7[/]. Allowed: [0, 1).", terminal.Error);
        Assert.Contains("request req-7", terminal.Error);
    }

    [Fact]
    public async Task A_panel_that_failed_is_told_model_by_model()
    {
        var problem = JsonSerializer.Deserialize(CannedRuns.Problem(ErrorCatalog.PanelFailed), ConsensusJson.Default.ProblemBody)! with
        {
            RunId = CannedRuns.Id,
            Candidates = [CannedRuns.Failed(0, FailureReason.RateLimited, "Too many requests."), CannedRuns.Failed(1, FailureReason.Refused, "I will not.")],
        };
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", CannedRuns.Started());
            await events.SendAsync("error", JsonSerializer.Serialize(problem, ConsensusJson.Default.ProblemBody));
            await events.SendAsync("done", "{}");
        });
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "?", "--url", Url);

        Assert.Equal(ExitCodes.Error, code);
        Assert.Contains("sim/atlas  rate limited: Too many requests.", terminal.Error);
        Assert.Contains("sim/birch  refused: I will not.", terminal.Error);
        Assert.Contains($"run {CannedRuns.Id} · request req-7 · the same request may succeed later", terminal.Error);
    }

    [Fact]
    public async Task A_failure_with_json_prints_the_problem()
    {
        Api.On("POST /v1/consensus", 401, CannedRuns.Problem(ErrorCatalog.Unauthorized), "application/problem+json");
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "?", "--url", Url, "--json");

        Assert.Equal(ExitCodes.Error, code);
        Assert.Equal("unauthorized", JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.ProblemBody)!.Code);
        Assert.Contains("A valid key is needed.", terminal.Error);
    }

    [Fact]
    public async Task An_api_that_is_not_there_is_one_line_with_the_address_and_the_way_out()
    {
        var gone = await CannedApi.StartAsync();
        var address = gone.Address;
        await gone.DisposeAsync();
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "?", "--url", address.ToString());

        Assert.Equal(ExitCodes.Error, code);
        var line = Assert.Single(terminal.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"No API answers at {address.GetLeftPart(UriPartial.Authority)} (", line);
        Assert.Contains("dotnet run --project Consensus.AppHost", line);
    }

    [Theory]
    [InlineData("is not a time", "--deadline", "soon")]
    [InlineData("is not a time", "--deadline", "-3s")]
    [InlineData("is not a time", "--deadline", "99999999999s")]
    [InlineData("--kind is one of auto, text, number", "--kind", "poem")]
    [InlineData("--early-stop is one of off, certain, adaptive", "--early-stop", "0")]
    [InlineData("finite", "--quorum", "NaN")]
    [InlineData("visible ASCII", "--key", "schlüssel")]
    [InlineData("1 to 255 visible ASCII", "--idempotency-key", "two words")]
    [InlineData("1 to 255 visible ASCII", "--idempotency-key", "")]
    public async Task An_option_that_makes_no_sense_is_told_before_anything_is_sent(string message, string option, string value)
    {
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "?", "--url", Url, option, value);

        Assert.Equal(ExitCodes.Error, code);
        Assert.Contains(message, terminal.Error);
        Assert.Empty(Api.Requests);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("localhost:5080")]
    [InlineData("")]
    public async Task An_address_that_is_none_is_told(string url)
    {
        var terminal = new CapturedTerminal();

        Assert.Equal(ExitCodes.Error, await terminal.RunAsync("ask", "?", "--url", url));
        Assert.Contains("is not an address", terminal.Error);
    }
}
