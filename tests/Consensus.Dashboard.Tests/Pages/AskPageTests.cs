using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Dashboard.Tests.Hosting;
using Consensus.Testing;
using Microsoft.Playwright;

namespace Consensus.Dashboard.Tests.Pages;

[Collection(nameof(Site))]
public sealed class AskPageTests(Site site)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_asked_its_candidates_arrive_and_the_verdict_stands()
    {
        var seen = new TaskCompletionSource();
        site.Quiet()
            .On("GET /v1/runs", 200, CannedRuns.Json(new Page<RunSummary>([CannedRuns.Summary("What is 17 * 23?", "391", Outcome.Consensus)], null)))
            .On($"GET /v1/runs/{CannedRuns.Id}", 200, CannedRuns.Json(CannedRuns.Verdict()))
            .OnEvents("POST /v1/consensus", async events =>
            {
                await events.SendAsync("run", CannedRuns.Started());
                await events.SendAsync("candidate", CannedRuns.Json(CannedRuns.Candidate(3, "401")));
                await events.SendAsync("cluster", CannedRuns.Json(new ClustersSoFar(1, 5, [CannedRuns.Cluster(0, "401", 3)])));
                await seen.Task;
                await events.SendAsync("verdict", CannedRuns.Json(CannedRuns.Verdict()));
                await events.SendAsync("done", "{}");
            });
        await using var visit = await site.OpenAsync();

        await visit.AskAsync("What is 17 * 23?");

        await visit.SeeAsync("1 of 5 arrived · ahead: 401 (1)");
        await Assertions.Expect(visit.Page.GetByText("waiting")).ToHaveCountAsync(4);
        seen.SetResult();
        var verdict = visit.ByRole(AriaRole.Article, "The verdict");
        foreach (var text in (string[])
            ["Consensus", "Degraded", "60 %", "87.4 %", "raw, not calibrated", "Fragile", "would change without sim/atlas, sim/birch, sim/cedar", "cost not known",
             "Dissent", "3 votes · 60 %", "1 vote · 20 %", "sim/atlas, sim/birch, sim/cedar", "Timeout: No answer within 60 s."])
        {
            await Assertions.Expect(verdict.GetByText(text).First).ToBeVisibleAsync();
        }

        var asked = site.Api.Requests.Single(request => request.Route == "POST /v1/consensus");
        Assert.Equal("""{"prompt":"What is 17 * 23?","panel":"default","strategy":"majority","include":["candidates","clusters"]}""", asked.Body);
        Assert.Equal("Bearer dashboard-key", asked.Headers["Authorization"]);

        await visit.Page.Locator(".run-row").ClickAsync();
        await visit.Page.WaitForURLAsync($"**/runs/{CannedRuns.Id}");
        await Assertions.Expect(visit.ByRole(AriaRole.Heading, "Run", exact: true)).ToBeVisibleAsync();
        await visit.SeeAsync("What is 17 * 23?");
        await visit.SeeAsync("Who said what");
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task Models_kind_and_samples_are_chosen_and_every_violation_is_shown()
    {
        site.Quiet().On("POST /v1/consensus", 400, CannedRuns.Problem(
            ErrorCatalog.ValidationFailed,
            "2 members are wrong.",
            new FieldError("models", "too_few", "A panel has at least one model."),
            new FieldError("answer.choices", "too_few", "A choice has at least two options.")), "application/problem+json");
        await using var visit = await site.OpenAsync();

        var panel = visit.ByRole(AriaRole.Combobox, "Panel");
        await panel.ClickAsync();
        await Assertions.Expect(visit.ByRole(AriaRole.Option, "Choose models …")).ToBeVisibleAsync();
        await panel.PressAsync("End");
        await panel.PressAsync("Enter");
        await Assertions.Expect(panel).ToHaveValueAsync("Choose models …");
        await visit.Page.GetByLabel("sim/birch").UncheckAsync();
        var kind = visit.ByRole(AriaRole.Combobox, "Kind of answer");
        await kind.ClickAsync();
        await visit.ByRole(AriaRole.Option, "choice").ClickAsync();
        await visit.Page.GetByLabel("Options, one on each line").FillAsync("yes\n\n no \n");
        await visit.Page.GetByLabel("Samples").FillAsync("3");
        await visit.AskAsync("Is a whale a fish?");

        await visit.SeeAsync("The request is not valid.");
        await visit.SeeAsync("A panel has at least one model.");
        await visit.SeeAsync("A choice has at least two options.");
        Assert.Equal(
            """{"prompt":"Is a whale a fish?","models":["sim/atlas","sim/cedar","sim/delta","sim/ember"],"samplesPerModel":3"""
            + ""","strategy":"majority","answer":{"kind":"choice","choices":["yes","no"]},"include":["candidates","clusters"]}""",
            site.Api.Requests.Single(request => request.Route == "POST /v1/consensus").Body);
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task Cancel_closes_the_connection_and_keeps_what_had_arrived()
    {
        var gone = new TaskCompletionSource();
        site.Quiet().OnEvents("POST /v1/consensus", async events =>
        {
            events.CallerGone.Register(gone.SetResult);
            await events.SendAsync("run", CannedRuns.Started());
            await events.SendAsync("candidate", CannedRuns.Json(CannedRuns.Candidate(0, "391")));
            await gone.Task;
        });
        await using var visit = await site.OpenAsync();
        await visit.AskAsync("What is 17 * 23?");
        await visit.SeeAsync("1 of 5 arrived");

        await visit.ByRole(AriaRole.Button, "Cancel").ClickAsync();

        await visit.SeeAsync("You cancelled this run.");
        await visit.SeeAsync("1 of 5 answers had arrived.");
        await gone.Task.WaitAsync(Cancelled);
        await Assertions.Expect(visit.ByRole(AriaRole.Button, "Ask the panel")).ToBeEnabledAsync();
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task Two_answers_with_equal_weight_are_tied()
    {
        var seen = new TaskCompletionSource();
        site.Quiet().OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", CannedRuns.Started());
            await events.SendAsync("candidate", CannedRuns.Json(CannedRuns.Candidate(0, "391")));
            await events.SendAsync("candidate", CannedRuns.Json(CannedRuns.Candidate(3, "401")));
            await events.SendAsync("cluster", CannedRuns.Json(new ClustersSoFar(2, 5, [CannedRuns.Cluster(0, "391", 0), CannedRuns.Cluster(1, "401", 3)])));
            await seen.Task;
            await events.SendAsync("verdict", CannedRuns.Json(CannedRuns.Verdict()));
            await events.SendAsync("done", "{}");
        });
        await using var visit = await site.OpenAsync();

        await visit.AskAsync("What is 17 * 23?");

        await visit.SeeAsync("2 of 5 arrived · tied: 391 (1), 401 (1)");
        seen.SetResult();
        await visit.SeeAsync("Who said what");
    }

    [Fact]
    public async Task Leaving_in_the_middle_of_a_run_cancels_it_and_leaves_the_next_page_whole()
    {
        var gone = new TaskCompletionSource();
        site.Quiet()
            .On("GET /v1/runs", 200, CannedRuns.Json(new Page<RunSummary>([CannedRuns.Summary("What is 17 * 23?", "391", Outcome.Consensus)], null)))
            .On($"GET /v1/runs/{CannedRuns.Id}", 200, CannedRuns.Json(CannedRuns.Verdict()))
            .OnEvents("POST /v1/consensus", async events =>
            {
                events.CallerGone.Register(gone.SetResult);
                await events.SendAsync("run", CannedRuns.Started());
                await gone.Task;
            });
        await using var visit = await site.OpenAsync();
        await visit.AskAsync("What is 17 * 23?");
        await visit.SeeAsync("0 of 5 arrived");

        await visit.Page.Locator(".run-row").ClickAsync();

        await visit.SeeAsync("Who said what");
        await gone.Task.WaitAsync(Cancelled);
        await visit.ByRole(AriaRole.Button, "Switch to dark colours").ClickAsync();
        await Assertions.Expect(visit.ByRole(AriaRole.Button, "Switch to light colours")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("Something went wrong while showing this page.")).ToHaveCountAsync(0);
        await visit.SeeAsync("Who said what");
        await visit.AssertCleanAsync();
    }

    [Fact]
    public async Task An_api_that_is_down_is_told_and_found_again()
    {
        var port = Site.UnusedPort();
        await using var dashboard = await DashboardProcess.StartAsync(new Uri($"http://127.0.0.1:{port}"));
        await using var visit = await site.OpenAsync(at: dashboard.Address);
        await visit.SeeAsync("The API cannot be reached.");
        await visit.SeeAsync("dotnet run --project Consensus.AppHost");
        await visit.SeeAsync("The runs cannot be listed");

        await using var api = Site.Offer(await CannedApi.StartAsync(port));
        await visit.Page.Locator(".problem").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Assertions.Expect(visit.Question).ToBeVisibleAsync();
        await visit.SeeAsync("No runs yet.");
        await visit.AssertCleanAsync();
    }
}
