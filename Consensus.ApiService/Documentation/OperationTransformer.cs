using System.Globalization;
using System.Text.RegularExpressions;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>Brings what <see cref="RouteDocumentation"/> says of a route, and the examples of its operation, into the description.</summary>
internal sealed partial class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        operation.Parameters = metadata.OfType<TakenParameters>().LastOrDefault()?.All.Select(IOpenApiParameter (parameter) => parameter.ToOpenApi()).ToList();
        Guard(operation, metadata, document);
        var examples = Examples.Of(operation.OperationId ?? "");
        if (metadata.OfType<ReadBody>().LastOrDefault() is { } body)
        {
            Describe(operation, body, examples, document);
        }

        operation.Responses ??= [];
        // Where another protocol is spoken, errors have its shape, and it has versions of its own.
        var isOpenAi = context.Description.RelativePath?.StartsWith(ApiPaths.OpenAi.TrimStart('/') + "/", StringComparison.Ordinal) == true;
        ResponseHeader[] everywhere = [ResponseHeaders.RequestId, .. isOpenAi ? [] : ResponseHeaders.Versions, .. ResponseHeaders.RateLimits];
        foreach (var answers in metadata.OfType<Answer>().GroupBy(static answer => answer.Status))
        {
            Describe(operation.Responses, [.. answers], examples, everywhere, document);
        }

        if (metadata.OfType<Refused>().LastOrDefault() is { } refused)
        {
            foreach (var codes in refused.Codes.GroupBy(static code => code.Status))
            {
                operation.Responses[Key(codes.Key)] = RefusalResponse.Of([.. codes], isOpenAi, document);
            }
        }

        return Task.CompletedTask;
    }

    private static void Guard(OpenApiOperation operation, IEnumerable<object> metadata, OpenApiDocument document)
    {
        if (metadata.OfType<IAuthorizeData>().LastOrDefault(a => a.Policy is not null) is { } needed)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, document)] = [] }];
            operation.Description = $"{operation.Description} Needs the scope {Scope().Replace(needed.Policy!, "`$0`")}.".Trim();
        }
    }

    private static void Describe(OpenApiOperation operation, ReadBody body, IReadOnlyList<Example> examples, OpenApiDocument document)
    {
        var known = operation.RequestBody as OpenApiRequestBody ?? new OpenApiRequestBody { Required = true };
        known.Description = body.Description;
        known.Content ??= new Dictionary<string, OpenApiMediaType>();
        if (body.Schema is not null)
        {
            known.Content[Media.Json] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(body.Schema, document) };
        }

        foreach (var media in known.Content.Values)
        {
            media.Examples = examples.Where(e => e.Request is not null).ToDictionary(e => e.Name, e => e.OfRequest());
        }

        operation.RequestBody = known;
    }

    /// <summary>The answers of one status, which differ in their media type.</summary>
    private static void Describe(
        OpenApiResponses responses, IReadOnlyList<Answer> answers, IReadOnlyList<Example> examples, ResponseHeader[] everywhere, OpenApiDocument document)
    {
        var key = Key(answers[0].Status);
        var response = responses.TryGetValue(key, out var known) && known is OpenApiResponse made ? made : new OpenApiResponse();
        response.Description = string.Join(" ", answers.Select(static answer => answer.Description));
        response.Headers = everywhere.Concat(answers.SelectMany(static answer => answer.Headers))
            .Distinct().ToDictionary(static header => header.Name, header => (IOpenApiHeader)new OpenApiHeaderReference(header.Name, document));
        foreach (var answer in answers)
        {
            if (answer is { MediaType: { } written, Schema: { } schema })
            {
                response.Content ??= new Dictionary<string, OpenApiMediaType>();
                response.Content[written] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema, document) };
            }
        }

        foreach (var (type, media) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            media.Examples = examples.Where(e => e.Status == answers[0].Status && e.MediaType == type).ToDictionary(e => e.Name, e => e.OfResponse());
        }

        responses[key] = response;
    }

    /// <summary>The scopes of a policy, which may be more than one: "run or read".</summary>
    [GeneratedRegex("run|read|admin|worker", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Scope();

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}
