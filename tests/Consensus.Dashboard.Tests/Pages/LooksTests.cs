using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Dashboard.Tests.Hosting;
using Consensus.Testing;
using Microsoft.Playwright;

namespace Consensus.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class LooksTests(Site site)
{
    [Fact]
    public async Task What_a_model_wrote_is_text_and_nothing_else()
    {
        const string Hostile = "<script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\"> [a](javascript:alert(1)) safe\u202Eexe.txt\u0007";
        var flood = new string('W', 100_000);
        var run = CannedRuns.Verdict(Hostile, flood);
        site.Quiet()
            .On("GET /v1/runs", 200, CannedRuns.Json(new Page<RunSummary>([CannedRuns.Summary(Hostile + new string('q', 180), Hostile, Outcome.Plurality)], null)))
            .On($"GET /v1/runs/{CannedRuns.Id}", 200, CannedRuns.Json(run with
            {
                Candidates = [.. run.Candidates!.Select(c => c.Id == 3 ? c with { Text = flood } : c with { Text = Hostile })],
                Request = new StoredRequest { Prompt = Hostile },
            }))
            .OnEvents("POST /v1/consensus", async events =>
            {
                await events.SendAsync("run", CannedRuns.Started());
                await events.SendAsync("error", CannedRuns.Problem(Contracts.Errors.ErrorCatalog.PanelFailed, Hostile));
                await events.SendAsync("done", "{}");
            });
        await using var visit = await site.OpenAsync(width: 390);
        await visit.AskAsync("?");
        await visit.SeeAsync("No model gave an answer.");
        await visit.AssertCleanAsync();

        await visit.Page.Locator(".run-row").ClickAsync();

        await visit.SeeAsync("Who said what");
        await visit.SeeAsync("<script>window.pwned=1</script><img src=x");
        await visit.SeeAsync("safe<U+202E>exe.txt<U+0007>");
        await visit.Page.Locator("details", new() { HasText = "sim/delta" }).Locator("summary").ClickAsync();
        await visit.ByRole(AriaRole.Button, "Show all 100,000 characters").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText(flood)).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.pwned === undefined"));
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task What_is_not_stored_is_told_so_and_the_winner_stays_the_winner()
    {
        site.Quiet()
            .On("GET /v1/runs", 200, CannedRuns.Json(new Page<RunSummary>([CannedRuns.Summary("", null, Outcome.Consensus) with { Prompt = null }], null)))
            .On($"GET /v1/runs/{CannedRuns.Id}", 200, CannedRuns.Json(CannedRuns.WithoutContent(CannedRuns.Verdict())));
        await using var visit = await site.OpenAsync();
        await Assertions.Expect(visit.Page.Locator(".run-answer")).ToHaveTextAsync("(not stored)");

        await visit.Page.Locator(".run-row").ClickAsync();

        await visit.SeeAsync("The question is not stored.");
        await visit.SeeAsync("The answer is not stored.");
        await Assertions.Expect(visit.Page.Locator(".cluster-role")).ToHaveTextAsync(["Answer", "Dissent"]);
        await Assertions.Expect(visit.Page.Locator(".cluster-answer")).ToHaveTextAsync(["(not stored)", "(not stored)"]);
        await Assertions.Expect(visit.Page.Locator(".candidate .what")).ToHaveTextAsync(["(not stored)", "(not stored)", "(not stored)", "(not stored)", "Timeout"]);
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task A_run_that_the_policy_kept_back_says_so_and_why()
    {
        var gate = new GateBody("8b27f1a881609079", GateDecision.Withheld, [new GateFinding(GateName.MinimumConfidence, GateMode.Enforce, "The confidence is 0.6; the policy asks for at least 0.9.")]);
        site.Quiet().On($"GET /v1/runs/{CannedRuns.Id}", 200, CannedRuns.Json(CannedRuns.Verdict() with { Answer = null, Gate = gate }));
        await using var visit = await site.OpenAsync(width: 1000, path: $"runs/{CannedRuns.Id}");
        await visit.SeeAsync("Kept back by the policy");
        await visit.SeeAsync("No answer. The policy keeps the answer back. The confidence is 0.6; the policy asks for at least 0.9.");
        await Assertions.Expect(visit.Page.Locator(".cluster-role")).ToHaveTextAsync(["Said", "Said"]);
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task Colours_follow_the_system_until_the_reader_chooses()
    {
        site.Quiet();
        await using var visit = await site.OpenAsync(width: 390, colours: ColorScheme.Dark);
        await Assertions.Expect(visit.Question).ToBeVisibleAsync();
        Assert.True(await IsDarkAsync(visit));

        await visit.ByRole(AriaRole.Button, "Switch to light colours").ClickAsync();
        await Assertions.Expect(visit.ByRole(AriaRole.Button, "Switch to dark colours")).ToBeVisibleAsync();
        Assert.False(await IsDarkAsync(visit));

        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Question).ToBeVisibleAsync();
        Assert.False(await IsDarkAsync(visit));
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_told()
    {
        var id = Guid.Parse("0193b1f0-0000-7000-8000-00000000dead");
        site.Quiet().On($"GET /v1/runs/{id}", 404, CannedRuns.Problem(Contracts.Errors.ErrorCatalog.RunNotFound), "application/problem+json");
        await using var visit = await site.OpenAsync($"/runs/{id}");

        await visit.SeeAsync("There is no run with this id.");
        await visit.AssertCleanAsync();
    }

    private static async Task<bool> IsDarkAsync(Visit visit)
    {
        var ground = await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-background').trim()");
        return ground.StartsWith("rgba(19", StringComparison.Ordinal) || ground.StartsWith("#13", StringComparison.Ordinal);
    }
}
