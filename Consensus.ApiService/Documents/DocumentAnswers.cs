using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Documents;

/// <summary>What became of a document that was put.</summary>
/// <param name="Errors">The first violations.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Version">Its version.</param>
/// <param name="Receipt">What its sender is told; <c>null</c> when it is wrong, or another is in force than its sender meant to replace.</param>
internal sealed record DocumentPutting<TReceipt>(IReadOnlyList<FieldError> Errors, int Count, string Version, TReceipt? Receipt);

/// <summary>How documents with a version are read, put and listed, whatever they say.</summary>
internal static class DocumentAnswers
{
    /// <summary>A document, with its version as the entity tag; 304 to who has it.</summary>
    public static IResult Of<T>(HttpContext http, string version, T document, JsonTypeInfo<T> type)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        EntityTag.Set(http.Response, version);
        return EntityTag.IsKnown(http.Request, version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Json(document, type);
    }

    /// <summary>Puts the document of a request's body in force.</summary>
    /// <param name="http">The request.</param>
    /// <param name="mostBytes">The most bytes of the document.</param>
    /// <param name="put">Puts it, told whether its sender means to replace a version.</param>
    /// <param name="type">How the receipt is written.</param>
    public static async Task<IResult> PutAsync<TReceipt>(
        HttpContext http, int mostBytes, Func<JsonElement, Func<string, bool>, Task<DocumentPutting<TReceipt>>> put, JsonTypeInfo<TReceipt> type)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, mostBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var putting = await put(body.Value, version => EntityTag.MayReplace(http.Request, version));
        if (putting.Count > 0)
        {
            return Problem.Of(putting.Errors, putting.Count);
        }

        if (putting.Receipt is not { } receipt)
        {
            return new Problem(ErrorCatalog.PreconditionFailed);
        }

        EntityTag.Set(http.Response, putting.Version);
        return TypedResults.Json(receipt, type);
    }

    /// <summary>A page of a history, newest first.</summary>
    /// <param name="http">The request.</param>
    /// <param name="names">What its query may name.</param>
    /// <param name="list">Lists at most so many, from a cursor on.</param>
    /// <param name="type">How the page is written.</param>
    public static async Task<IResult> ListAsync<T>(HttpContext http, string[] names, Func<int, string?, Task<Page<T>>> list, JsonTypeInfo<Page<T>> type)
    {
        var violations = new Violations();
        var (limit, cursor) = QueryReader.Page(http.Request.Query, names, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await list(limit, cursor), type);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }
}
