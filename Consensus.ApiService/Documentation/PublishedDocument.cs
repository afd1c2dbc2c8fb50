using System.Security.Cryptography;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The OpenAPI document as it is served. It does not change while the service runs, and making it takes a second: it is made once, for the first who asks.</summary>
internal sealed class PublishedDocument(IServiceProvider services)
{
    /// <summary>The document's name, which stands in its address.</summary>
    public const string Name = "v1";

    private readonly Lazy<Task<(byte[] Json, string Version)>> made = new(() => MakeAsync(services));

    public async Task<IResult> AnswerAsync(string documentName, HttpContext http)
    {
        if (documentName != Name)
        {
            return new Problem(ErrorCatalog.NotFound);
        }

        var (json, version) = await made.Value;
        EntityTag.Set(http.Response, version);
        http.Response.Headers.CacheControl = "no-cache";
        return EntityTag.IsKnown(http.Request, version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Bytes(json, "application/json; charset=utf-8");
    }

    private static async Task<(byte[] Json, string Version)> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(CancellationToken.None);
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        var json = System.Text.Encoding.UTF8.GetBytes(text.ToString());
        return (json, Convert.ToHexStringLower(SHA256.HashData(json))[..16]);
    }
}
