using System.Net;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.Contracts.Errors;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Errors;

/// <summary>Every code of the catalogue, produced by a real request; those not here are in <c>BodyTests</c> and <c>HeaderTests</c> too.</summary>
public sealed class ErrorCodeTests(SharedApi shared)
{
    [Fact]
    public async Task EveryCodeOfTheCatalogueIsAnswered()
    {
        var (answered, broken) = await shared.Errors;
        foreach (var (code, response) in answered)
        {
            if (code == ErrorCatalog.ModelNotFound)
            {
                // Where models are looked up by name, errors have OpenAI's shape.
                await response.OpenAiErrorAsync(code);
                continue;
            }

            var problem = await response.ProblemAsync(code);
            if (code == ErrorCatalog.PanelFailed || code == ErrorCatalog.DeadlineExceeded)
            {
                Assert.Equal(5, problem.Candidates!.Count);
                Assert.All(problem.Candidates, c => Assert.NotNull(c.Error));
                Assert.Equal($"/v1/runs/{problem.RunId}", response.Headers.Location?.OriginalString);
            }
        }

        Assert.DoesNotContain(broken.Lines, l => l.Contains("a secret prompt", StringComparison.Ordinal));
        Assert.Contains(broken.Lines, l => l.Contains("NullReferenceException", StringComparison.Ordinal));
        Assert.Equal(ErrorCatalog.All.Select(c => c.Code).Order(), answered.Keys.Select(c => c.Code).Order());
    }

    [Fact]
    public async Task AnUnforeseenFaultTellsNothingOfItself()
    {
        await using var broken = await ApiApp.StartAsync(configure: builder => builder.Services.AddSingleton(new ModelCatalog
        {
            Models = [],
            Panels = new Dictionary<string, IReadOnlyList<string>> { ["default"] = ["no/such-model"] },
        }));
        using var response = await broken.PostAsync("/v1/consensus", """{"prompt":"x"}""");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no/such-model", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatCannotBeStoredIsAnsweredWhereTheLogIsNotRequired()
    {
        using var notAFolder = new TakenPath();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = notAFolder.Path, ["RunLog:Required"] = "false" });
        using var response = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        var run = await response.RunAsync();
        Assert.Null(response.Headers.Location);
        Assert.Contains(app.Log.Lines, l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains(run.RunId.ToString(), StringComparison.Ordinal));
        using var ready = await app.Http.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task WithTheRunLogOffRunsAreAnsweredAndNothingIsKept()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        using var response = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        var run = await response.RunAsync();
        Assert.Empty(run.Links);
        Assert.Null(response.Headers.Location);
        await (await app.Http.GetAsync($"/v1/runs/{run.RunId}")).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await (await app.Http.DeleteAsync($"/v1/runs/{run.RunId}")).ProblemAsync(ErrorCatalog.RunLogDisabled);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/ready")).StatusCode);
    }
}
