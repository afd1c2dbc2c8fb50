using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Models;
using Consensus.Core.Confidence;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Models;

/// <summary>What can be asked for: models with their panels, and strategies.</summary>
internal static class ModelsApi
{
    private const string Simulator = "simulator";

    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Models and strategies").RequireAuthorization(Policies.RunOrRead);

        routes.MapGet("/models", (HttpContext http, ModelCatalog catalog) => Accepts.Json(http.Request)
                ? TypedResults.Json(new ModelList([.. catalog.Models.Select(Describe)], catalog.Panels), WireJson.Default.ModelList)
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .WithName("listModels").WithSummary("The models and panels that can be asked")
            .WithDescription("Lists what is configured, with prices and families where they are known. No provider is asked.")
            .Answers<ModelList>(200, "The models and panels.")
            .Refuses(ErrorCatalog.NotAcceptable);

        routes.MapGet("/strategies", (HttpContext http) => Accepts.Json(http.Request)
                ? TypedResults.Json(new StrategyList([.. DecisionPolicies.All.Select(Describe), .. StepStrategies.All.Select(Describe)]), WireJson.Default.StrategyList)
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .WithName("listStrategies").WithSummary("The ways to decide")
            .WithDescription("Lists every strategy by the name that requests give it, with when to use it and what its confidence is.")
            .Answers<StrategyList>(200, "The strategies.")
            .Refuses(ErrorCatalog.NotAcceptable);
        return app;
    }

    private static ModelInfo Describe(ModelEntry model) => new()
    {
        Id = model.Id,
        Provider = model.Provider,
        Family = model.Family,
        InputUsdPerMillion = model.InputUsdPerMillion,
        OutputUsdPerMillion = model.OutputUsdPerMillion,
        Reliability = model.Reliability,
        Simulated = model.ProviderKind == Simulator,
    };

    private static StrategyInfo Describe(DecisionPolicy policy) => new(policy.Name, policy.Description, policy.ConfidenceMethod, CallsModels: false);

    // What is said of the leader is what the vote underneath carries.
    private static StrategyInfo Describe(StepStrategy strategy) => new(strategy.Name, strategy.Description, DirichletConfidence.Method, CallsModels: true);
}
