using Consensus.ApiService.Auth;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Consensus.ApiService.Documentation;

/// <summary>The API's description: <c>/openapi/v1.json</c>, and <c>/docs</c> to read and try it. Both are open.</summary>
internal static class DocumentationPages
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
        var schemas = new SchemaNames();
        services.AddSingleton<PublishedDocument>();
        return services.AddOpenApi(PublishedDocument.Name, options =>
        {
            options.CreateSchemaReferenceId = schemas.Of;
            options.AddOperationTransformer(new OperationTransformer());
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Consensus", Version = PublishedDocument.Name, Description = About.Api };
                // The server that the description was read from, whatever it is called there.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Tags = new HashSet<OpenApiTag>(About.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [KeyAuthentication.SchemeName] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description = "A key, or a token of the configured issuer (`Auth:Jwt`).",
                    },
                };
                document.Components.Headers = ResponseHeaders.All.ToDictionary(header => header.Name, header => (IOpenApiHeader)header.ToOpenApi());
                WrittenSchemas.AddTo(document);
                SchemaTexts.Describe(document, schemas);
                SchemaBounds.Apply(document);
                return Task.CompletedTask;
            });
        });
    }

    public static IEndpointRouteBuilder MapDocumentation(this IEndpointRouteBuilder app)
    {
        app.MapGet("/openapi/{documentName}.json", (string documentName, HttpContext http, PublishedDocument document) => document.AnswerAsync(documentName, http))
            .ExcludeFromDescription();
        // Without the bar of its maker's tools, which lead elsewhere.
        app.MapScalarApiReference(
            PagePath, options => options.WithTitle("Consensus").WithNonce().DisableDefaultFonts().DisableAgent().DisableTelemetry().HideDeveloperTools());
        return app;
    }

    /// <summary>Whether a request is for the page to read and try the API, or for what belongs to it.</summary>
    public static bool IsPage(HttpRequest request) => request.Path.StartsWithSegments(PagePath, StringComparison.OrdinalIgnoreCase);
}
