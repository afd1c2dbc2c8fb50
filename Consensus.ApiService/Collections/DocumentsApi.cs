using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Evidence.Embedding;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Collections;

/// <summary>The documents of a collection.</summary>
internal static class DocumentsApi
{
    private static RequestParameter DocumentId => Parameters.PathId("documentId", "The document's id.");

    public static IEndpointRouteBuilder MapDocuments(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/collections/{id}/documents").WithTags("Collections").AddEndpointFilter(CollectionsApi.RequireStoreAsync);

        routes.MapPost("", AddAsync).RequireAuthorization(Scopes.Run)
            .WithName("addDocument").WithSummary("Add a document to a collection")
            .WithDescription(
                "Reads the document's text and cuts it into passages, which can be searched from then on. A text that the collection has already is added no second time: 200 with the document "
                + "that is there. It takes the collection's own key, or `admin`.")
            .Takes(CollectionsApi.Id)
            .Reads<InlineDocument>("The document.")
            .Answers<EvidenceDocument>(201, "The document, without its text.", ResponseHeaders.Location)
            .Answers<EvidenceDocument>(200, "The document of the same text that was there.", ResponseHeaders.Location)
            .Refuses([.. Refusals.OfBodies, .. CollectionsApi.Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.CollectionFull, ErrorCatalog.NotAcceptable]);

        routes.MapGet("", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listDocuments").WithSummary("List the documents of a collection without their texts, newest first")
            .WithDescription("Lists documents a page at a time.")
            .Takes([CollectionsApi.Id, .. Parameters.Page])
            .Answers<Page<EvidenceDocument>>(200, "A page of documents.")
            .Refuses([.. CollectionsApi.Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/{documentId}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getDocument").WithSummary("A document with its text")
            .WithDescription("Reads one document with the text that its passages are places in.")
            .Takes(CollectionsApi.Id, DocumentId)
            .Answers<EvidenceDocument>(200, "The document.")
            .Refuses([.. CollectionsApi.Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.DocumentNotFound, ErrorCatalog.NotAcceptable]);

        routes.MapDelete("/{documentId}", DeleteAsync).RequireAuthorization(Scopes.Run)
            .WithName("deleteDocument").WithSummary("Delete a document")
            .WithDescription("Deletes the document with its passages for ever; it takes the collection's own key, or `admin`. Asked again, there is none: 404.")
            .Takes(CollectionsApi.Id, DocumentId)
            .Answers(204, "The document is deleted.")
            .Refuses([.. CollectionsApi.Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.DocumentNotFound]);

        routes.MapGet("/{documentId}/passages", PassagesAsync).RequireAuthorization(Scopes.Read)
            .WithName("listPassages").WithSummary("The passages of a document in their order")
            .WithDescription("Lists the passages that the document was cut into, a page at a time; `start` and `end` are places in its text.")
            .Takes([CollectionsApi.Id, DocumentId, .. Parameters.Page])
            .Answers<Page<EvidencePassage>>(200, "A page of passages.")
            .Refuses([.. CollectionsApi.Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.DocumentNotFound, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);
        return app;
    }

    private static async Task<IResult> AddAsync(string id, HttpContext http, EvidenceStore store, PassageEmbedding embedding)
    {
        var body = await JsonBody.ReadAsync(http, Limits.DocumentBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        // Reading a document takes a while, a PDF above all: not on the thread that reads requests.
        var violations = new Violations();
        if (await Task.Run(() => DocumentReader.Read(body.Value, "", violations), http.RequestAborted) is not { } document)
        {
            return Problem.Of(violations);
        }

        if (await CollectionsApi.LookUpAsync(id, http, store) is not { } collection)
        {
            return new Problem(ErrorCatalog.CollectionNotFound);
        }

        var caller = Caller.Of(http);
        if (!caller.MayErase(collection.KeyId))
        {
            return CollectionsApi.OfAnother();
        }

        var adding = await store.AddDocumentAsync(collection.Id, document, caller.MayErase, http.RequestAborted);
        if (adding.Document is not { } shown)
        {
            return adding.Outcome == DocumentAdded.Full
                ? new Problem(ErrorCatalog.CollectionFull, $"A collection has at most {Limits.CollectionDocuments} documents and {Limits.CollectionCharacters} characters.")
                : new Problem(ErrorCatalog.CollectionNotFound);
        }

        embedding.Wake();
        http.Response.Headers.Location = shown.Links["self"];
        var status = adding.Outcome == DocumentAdded.Added ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return TypedResults.Json(shown, WireJson.Default.EvidenceDocument, statusCode: status);
    }

    private static Task<IResult> ListAsync(string id, HttpContext http, EvidenceStore store) => PageAsync(
        id, http, store, async (collection, limit, cursor) =>
            TypedResults.Json(await store.ListDocumentsAsync(collection, limit, cursor, http.RequestAborted), WireJson.Default.PageEvidenceDocument));

    private static async Task<IResult> FindAsync(string id, string documentId, HttpContext http, EvidenceStore store)
    {
        if (await CollectionsApi.LookUpAsync(id, http, store) is not { } collection)
        {
            return new Problem(ErrorCatalog.CollectionNotFound);
        }

        return Guid.TryParseExact(documentId, "D", out var document) && await store.FindDocumentAsync(collection.Id, document, http.RequestAborted) is { } found
            ? TypedResults.Json(found, WireJson.Default.EvidenceDocument) : new Problem(ErrorCatalog.DocumentNotFound);
    }

    private static async Task<IResult> DeleteAsync(string id, string documentId, HttpContext http, EvidenceStore store)
    {
        if (await CollectionsApi.LookUpAsync(id, http, store) is not { } collection)
        {
            return new Problem(ErrorCatalog.CollectionNotFound);
        }

        if (!Caller.Of(http).MayErase(collection.KeyId))
        {
            return CollectionsApi.OfAnother();
        }

        return Guid.TryParseExact(documentId, "D", out var document) && await store.DeleteDocumentAsync(collection.Id, document, CancellationToken.None)
            ? TypedResults.NoContent() : new Problem(ErrorCatalog.DocumentNotFound);
    }

    private static Task<IResult> PassagesAsync(string id, string documentId, HttpContext http, EvidenceStore store) => PageAsync(
        id, http, store, async (collection, limit, cursor) =>
        {
            if (!Guid.TryParseExact(documentId, "D", out var document) || await store.ListPassagesAsync(collection, document, limit, cursor, http.RequestAborted) is not { } page)
            {
                return new Problem(ErrorCatalog.DocumentNotFound);
            }

            return TypedResults.Json(
                new Page<EvidencePassage>([.. page.Items.Select((passage, i) => CollectionsApi.Shown(passage, page.First + i, score: null))], page.Next),
                WireJson.Default.PageEvidencePassage);
        });

    private static async Task<IResult> PageAsync(string id, HttpContext http, EvidenceStore store, Func<Guid, int, string?, Task<IResult>> read)
    {
        var violations = new Violations();
        var (limit, cursor) = QueryReader.Page(http.Request.Query, ["limit", "cursor"], violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        if (await CollectionsApi.LookUpAsync(id, http, store) is not { } collection)
        {
            return new Problem(ErrorCatalog.CollectionNotFound);
        }

        try
        {
            return await read(collection.Id, limit, cursor);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }
}
