using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The response to what is refused with one status: which codes there are, with an example of each.</summary>
internal static class RefusalResponse
{
    public static OpenApiResponse Of(IReadOnlyList<ErrorCode> codes, bool isOpenAi, OpenApiDocument document) => new()
    {
        Description = string.Join(" ", codes.Select(code => $"`{code.Code}`: {code.Title}")),
        Headers = HeadersOf(codes, isOpenAi).ToDictionary(header => header.Name, header => (IOpenApiHeader)new OpenApiHeaderReference(header.Name, document)),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [isOpenAi ? Media.Json : Problem.MediaType] = new()
            {
                Schema = new OpenApiSchemaReference(isOpenAi ? WrittenSchemas.Error : nameof(ProblemBody), document),
                Examples = codes.Select(code => Name(code, isOpenAi)).Where(Examples.IsRefusal)
                    .ToDictionary(name => name, IOpenApiExample (name) => new OpenApiExampleReference(name, document)),
            },
        },
    };

    /// <summary>The name of a code's example.</summary>
    public static string Name(ErrorCode code, bool isOpenAi) => isOpenAi ? $"openai_{code.Code}" : code.Code;

    private static IEnumerable<ResponseHeader> HeadersOf(IReadOnlyList<ErrorCode> codes, bool isOpenAi)
    {
        yield return ResponseHeaders.RequestId;
        // Who is not known has no limit yet.
        foreach (var header in (ResponseHeader[])[.. isOpenAi ? [] : ResponseHeaders.Versions, .. codes.Contains(ErrorCatalog.Unauthorized) ? [] : ResponseHeaders.RateLimits])
        {
            yield return header;
        }

        if (codes.Intersect(Refusals.WithRetryAfter).Any())
        {
            yield return ResponseHeaders.RetryAfter;
        }

        if (codes.Intersect(Refusals.WithLocation).Any())
        {
            yield return ResponseHeaders.Location;
        }

        if (codes.Intersect(Refusals.Replayed).Any())
        {
            yield return ResponseHeaders.Replayed;
        }

        if (isOpenAi && codes.Any(code => code.Status is 409 or >= 500))
        {
            yield return ResponseHeaders.ShouldRetry;
            yield return ResponseHeaders.ConsensusRunId;
        }
    }
}
