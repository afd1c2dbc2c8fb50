using System.Text.Json;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Starting;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.OpenAi;

/// <summary>The panel as a model of OpenAI's API, for clients that speak it already.</summary>
internal static class OpenAiApi
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services) => services.AddSingleton<OpenAiModels>();

    public static IEndpointRouteBuilder MapOpenAi(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup($"{ApiPaths.OpenAi}/v1").WithTags("OpenAI-compatible");

        routes.MapPost("/chat/completions", CompleteAsync).RequireAuthorization(Scopes.Run)
            .AddEndpointFilter(app.ServiceProvider.GetRequiredService<Drain>())
            .WithName("completeChat").WithSummary("Ask a panel as a chat completion of OpenAI's API")
            .WithDescription(
                "The same run as that of `POST /v1/consensus`, in the words of OpenAI's chat completions: read by the same rules, with the same "
                + "caps, stored and found under `/v1/runs`. When the panel comes to no answer, `content` is null and `refusal` says why. With "
                + "`\"stream\": true` the answer is sent as events. An `Idempotency-Key` is honoured as there.")
            .Takes(Parameters.IdempotencyKey)
            .Reads("The conversation, and who is asked.", WrittenSchemas.Request)
            .AnswersAs(
                200, Media.Json, WrittenSchemas.Completion, "The panel's answer.",
                [ResponseHeaders.Location, ResponseHeaders.Replayed, ResponseHeaders.ConsensusRunId, ResponseHeaders.ConsensusIgnored, .. ResponseHeaders.Verdict])
            .AnswersAs(200, Accepts.EventStream, WrittenSchemas.Chunks, "The panel's answer as events.")
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfRuns, ErrorCatalog.ModelNotFound, ErrorCatalog.NoJudges, ErrorCatalog.DeadlineExceeded]);

        routes.MapGet("/models", (OpenAiModels models) => TypedResults.Json(models.List(), OpenAiWire.Default.OpenAiModelList))
            .RequireAuthorization(Policies.RunOrRead)
            .WithName("listOpenAiModels").WithSummary("What can be named as a model")
            .WithDescription("Lists the names that answer as they stand: panels, strategies and single models. No provider is asked.")
            .AnswersAs(200, Media.Json, WrittenSchemas.Models, "The names.")
            .Refuses();

        routes.MapGet("/models/{**name}", Find).RequireAuthorization(Policies.RunOrRead)
            .WithName("getOpenAiModel").WithSummary("What one name stands for")
            .WithDescription("Reads one of the names, also one that is not listed but can be asked.")
            .Takes(Parameters.Path("name", "The name; its slash may be escaped."))
            .AnswersAs(200, Media.Json, WrittenSchemas.Model, "The model.")
            .Refuses(ErrorCatalog.ModelNotFound);
        return app;
    }

    private static IResult Find(string name, OpenAiModels models)
    {
        // Clients escape the slash of a name, and a path that was taken whole leaves it so.
        var asked = Uri.UnescapeDataString(name);
        return models.Find(asked) is { } model ? TypedResults.Json(model, OpenAiWire.Default.OpenAiModel) : NotFound(asked);
    }

    private static async Task<IResult> CompleteAsync(HttpContext http, PanelQuestions questions, ModelCatalog catalog, TimeProvider time)
    {
        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        if (ObjectReader.OpenAny(body.Value, "", violations) is not { } chat)
        {
            return Problem.Of(violations);
        }

        var name = Name(chat);
        var model = name is null ? null : ModelNames.Find(name, catalog);
        if (name is not null && model is null)
        {
            return NotFound(name);
        }

        // Without a model the rest is still looked at: one answer names everything that is wrong.
        var asked = ChatRequestReader.Read(chat, name ?? "", model ?? new NamedModel(null, null, null));
        var wish = RunWish.Read(http.Request, violations);
        var translated = new Violations();
        var request = await questions.ReadAsync(asked.Body, http, translated);
        if (request is null || !violations.None)
        {
            return Problem.Of([.. violations.Errors, .. translated.Errors.Select(asked.Origins.Of)], violations.Count + translated.Count);
        }

        var plan = request.Plan with { Schema = asked.Schema };
        return (IResult?)questions.Refuse(plan, wish)
            ?? new ChatResult(asked, plan, request.Included, () => questions.ConductAsync(plan, wish, http, body.Value), time);
    }

    private static string? Name(ObjectReader chat)
    {
        if (!chat.Has("model"))
        {
            chat.Violations.Add("model", FieldCodes.Required, "The model is missing: `consensus` is the default panel.");
            return null;
        }

        return chat.Text("model", TextRules.Any);
    }

    private static Problem NotFound(string name) =>
        new(ErrorCatalog.ModelNotFound, $"There is no model {Shown.Text(name)}. `GET /openai/v1/models` lists those that there are.") { Field = "model" };
}
