using System.Net.Http.Headers;
using System.Text;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Errors;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Runs.Live;
using Consensus.Contracts.Errors;
using Consensus.ModelSimulator;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>Errors in OpenAI's shape, each made by a real request.</summary>
internal sealed class OpenAiMakings(SharedApi shared)
{
    private const string Chat = "/openai/v1/chat/completions";
    private const string Question = """{"model":"consensus","messages":[{"role":"user","content":"What is 17 * 23?"}]}""";

    public async Task WithAllAsync(Func<IReadOnlyDictionary<ErrorCode, HttpResponseMessage>, Task> use)
    {
        await using var keyed = await ApiApp.StartAsync(KeyedApi.Settings);
        await using var unlogged = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await using var broken = await ErrorMakings.BrokenAsync(shared);
        using var notAFolder = new TakenPath();
        await using var unwritable = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = notAFolder.Path });
        await using var simulator = await SimulatorHost.StartAsync(ErrorMakings.AllModels("server_error"));
        await using var failing = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator));
        await using var silent = await SimulatorHost.StartAsync(ErrorMakings.AllModels("timeout"));
        await using var late = await ApiApp.StartAsync(SharedApi.SettingsFor(silent));
        using var reader = keyed.Client(KeyedApi.Key("read"));
        await using var held = await HeldApi.StartAsync();
        var first = AskAsync(held.App.Http, "k");
        await Poll.UntilAsync(() => held.Calls > 0);
        var made = new Dictionary<ErrorCode, HttpResponseMessage>
        {
            [ErrorCatalog.MalformedJson] = await shared.App.PostAsync(Chat, "{"),
            [ErrorCatalog.ValidationFailed] = await shared.App.PostAsync(Chat, """{"model":"consensus","messages":[{"role":"user","content":"x"}],"n":2}"""),
            [ErrorCatalog.Unauthorized] = await keyed.PostAsync(Chat, Question),
            [ErrorCatalog.Forbidden] = await keyed.PostAsync(Chat, Question, reader),
            [ErrorCatalog.ModelNotFound] = await shared.App.Http.GetAsync("/openai/v1/models/nobody"),
            [ErrorCatalog.RunLogDisabled] = await AskAsync(unlogged.Http, "k"),
            [ErrorCatalog.IdempotencyInFlight] = await AskAsync(held.App.Http, "k"),
            [ErrorCatalog.IdempotencyKeyReused] = await AskAsync(held.App.Http, "k", Question.Replace("17", "19", StringComparison.Ordinal)),
            [ErrorCatalog.BodyTooLarge] = await shared.App.PostAsync(Chat, new string(' ', 2_000_000)),
            [ErrorCatalog.UnsupportedMediaType] = await shared.App.Http.PostAsync(Chat, new StringContent("{}")),
            [ErrorCatalog.RateLimited] = await ErrorMakings.TwiceAsync("Limits:RequestsPerMinute", "1", app => app.Http.GetAsync("/openai/v1/models")),
            [ErrorCatalog.BudgetExhausted] = await ErrorMakings.LimitedAsync("Limits:DailyCostUsd", "0", Chat, Question),
            [ErrorCatalog.InternalError] = await broken.PostAsync(Chat, Question),
            [ErrorCatalog.PanelFailed] = await failing.PostAsync(Chat, Question),
            [ErrorCatalog.RunLogUnavailable] = await unwritable.PostAsync(Chat, Question),
            [ErrorCatalog.IdentityUnavailable] = await ErrorMakings.WithoutProviderAsync("/openai/v1/models"),
            [ErrorCatalog.DeadlineExceeded] = await late.PostAsync(Chat, Question.Replace("}]}", "}],\"consensus\":{\"deadlineMs\":200}}", StringComparison.Ordinal)),
        };
        var run = made[ErrorCatalog.IdempotencyInFlight].Headers.Location!;
        (await held.SendAsync(HttpMethod.Post, $"{run}/cancel", null)).Dispose();
        made[ErrorCatalog.RunCancelled] = await first;
        (await held.App.Http.DeleteAsync(run)).Dispose();
        made[ErrorCatalog.RunErased] = await AskAsync(held.App.Http, "k");
        await use(made);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string key, string body = Question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Chat) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
