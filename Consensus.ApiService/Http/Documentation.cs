using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Consensus.ApiService.Http;

/// <summary>The API's description: <c>/openapi/v1.json</c>, and <c>/docs</c> to read and try it. Both are open, like the documentation.</summary>
internal static class Documentation
{
    private const string PagePath = "/docs";

    public static IServiceCollection AddDocumentation(this IServiceCollection services)
    {
        // The description must show members as they are on the wire.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, Contracts.Json.ConsensusJson.Default);
            options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        return services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Consensus",
                    Version = "v1",
                    Description = "One question, several models, one answer you can defend: what the panel agreed on, how strongly, and what it cost.",
                };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [KeyAuthentication.SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key, or a token of the configured issuer (`Auth:Jwt`)." },
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().LastOrDefault(a => a.Policy is not null) is { } needed)
                {
                    operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, context.Document)] = [] }];
                    operation.Description = $"{operation.Description} Needs the scope {needed.Policy}.".Trim();
                }

                return Task.CompletedTask;
            });
        });
    }

    public static IEndpointRouteBuilder MapDocumentation(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi();
        app.MapScalarApiReference(PagePath, options => options.WithTitle("Consensus").WithNonce().DisableDefaultFonts().DisableAgent().DisableTelemetry());
        return app;
    }

    /// <summary>Whether a request is for the page to read and try the API, or for what belongs to it.</summary>
    public static bool IsPage(HttpRequest request) => request.Path.StartsWithSegments(PagePath, StringComparison.OrdinalIgnoreCase);

    /// <summary>The problems a route answers with, beside those that every route may.</summary>
    public static TBuilder ProducesProblems<TBuilder>(this TBuilder route, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses.Union([401, 403, 429, 500]).Order())
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [Problem.MediaType]));
        }

        return route;
    }

    /// <summary>Describes the query of a listing, which is read by hand.</summary>
    public static RouteHandlerBuilder DescribeQuery(this RouteHandlerBuilder route, IReadOnlyList<string> names) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters = [.. names.Select(name => new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Schema = new OpenApiSchema { Type = name == "limit" ? JsonSchemaType.Integer : JsonSchemaType.String },
        })];
        return Task.CompletedTask;
    });
}
