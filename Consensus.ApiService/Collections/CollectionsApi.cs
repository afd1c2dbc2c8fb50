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

/// <summary>Collections of documents to answer from. A key sees its own and the shared ones.</summary>
internal static class CollectionsApi
{
    /// <summary>What any of these routes may be refused for.</summary>
    public static readonly ErrorCode[] Refused = [ErrorCatalog.EvidenceDisabled, ErrorCatalog.EvidenceUnavailable, ErrorCatalog.EvidenceVersionUnsupported];

    public static RequestParameter Id => Parameters.PathId("id", "The collection's id.");

    public static IEndpointRouteBuilder MapCollections(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/collections").WithTags("Collections").AddEndpointFilter(RequireStoreAsync);

        routes.MapPost("", CreateAsync).RequireAuthorization(Scopes.Run)
            .WithName("createCollection").WithSummary("Make a collection of documents to answer from")
            .WithDescription("Makes an empty collection that belongs to the key. A `shared` one may be read by every key with `read`; only its own key, or `admin`, changes it.")
            .Reads<NewCollection>("What it is to be.")
            .Answers<EvidenceCollection>(201, "The collection.", ResponseHeaders.Location)
            .Refuses([.. Refusals.OfBodies, .. Refused, ErrorCatalog.CollectionFull, ErrorCatalog.NotAcceptable]);

        routes.MapGet("", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listCollections").WithSummary("List collections, newest first")
            .WithDescription("Lists the key's own collections and the shared ones, `admin` all, a page at a time.")
            .Takes(Parameters.Page)
            .Answers<Page<EvidenceCollection>>(200, "A page of collections.")
            .Refuses([.. Refused, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getCollection").WithSummary("A collection with how much it holds")
            .WithDescription("Reads one collection. Another key's is not there, unless it is shared.")
            .Takes(Id)
            .Answers<EvidenceCollection>(200, "The collection.")
            .Refuses([.. Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.NotAcceptable]);

        routes.MapDelete("/{id}", DeleteAsync).RequireAuthorization(Scopes.Run)
            .WithName("deleteCollection").WithSummary("Delete a collection with all its documents")
            .WithDescription("Deletes the collection and its documents for ever; it takes the collection's own key, or `admin`. Evidence records that quote them stay. Asked again, there is none: 404.")
            .Takes(Id)
            .Answers(204, "The collection is deleted.")
            .Refuses([.. Refused, ErrorCatalog.CollectionNotFound]);

        routes.MapGet("/{id}/passages", SearchAsync).RequireAuthorization(Scopes.Read)
            .WithName("searchPassages").WithSummary("Search a collection for passages")
            .WithDescription(
                "Finds the passages that have words of the query, ranked by BM25, the most relevant first. Where an embedding model is configured, those that are "
                + "similar to the query are found too, and both rankings are fused; `embeddings` says how far, and `search` how they were ranked. "
                + "Words are found in any script, in small letters, without accents and the English plural; "
                + "words that are in every English question are left aside. Scores compare within one search only.")
            .Takes(
                Id,
                Parameters.Text("q", Limits.SearchCharacters, "What to search for.") with { IsRequired = true },
                Parameters.Count("limit", Limits.SearchPassages, Limits.DefaultSearchPassages, "The most passages."))
            .Answers<PassageList>(200, "The passages.")
            .Refuses([.. Refused, ErrorCatalog.CollectionNotFound, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);
        return app.MapDocuments();
    }

    /// <summary>Finds a collection that the caller may read.</summary>
    public static async Task<EvidenceCollection?> LookUpAsync(string id, HttpContext http, EvidenceStore store) =>
        Guid.TryParseExact(id, "D", out var collection) ? await store.FindCollectionAsync(collection, Caller.Of(http).Owner, http.RequestAborted) : null;

    public static async ValueTask<object?> RequireStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<EvidenceStore>().IsEnabled)
        {
            return new Problem(ErrorCatalog.EvidenceDisabled);
        }

        return !HttpMethods.IsDelete(http.Request.Method) && !Accepts.Json(http.Request) ? new Problem(ErrorCatalog.NotAcceptable) : await next(context);
    }

    /// <summary>What a caller is told who may see a collection, but not change it.</summary>
    public static Problem OfAnother() => new(ErrorCatalog.Forbidden, $"The collection belongs to another key: it takes that key, or the scope {Scopes.Admin}, to change it.");

    /// <summary>The passage as it is shown.</summary>
    public static EvidencePassage Shown(Passage passage, int number, double? score) => new()
    {
        Number = number, Id = passage.Id, DocumentId = passage.DocumentId, Document = passage.Document, Title = passage.Title, Source = passage.Source, Licence = passage.Licence,
        ContentHash = passage.ContentHash, Start = passage.Start, End = passage.End, Text = passage.Text, Score = score,
    };

    private static async Task<IResult> CreateAsync(HttpContext http, EvidenceStore store)
    {
        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        if (CollectionReader.Read(body.Value, violations) is not { } wished)
        {
            return Problem.Of(violations);
        }

        if (await store.CreateCollectionAsync(wished, Caller.Of(http).KeyId, http.RequestAborted) is not { } made)
        {
            return new Problem(ErrorCatalog.CollectionFull, $"A key has at most {Limits.CollectionsPerKey} collections.");
        }

        http.Response.Headers.Location = made.Links["self"];
        return TypedResults.Json(made, WireJson.Default.EvidenceCollection, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext http, EvidenceStore store, CollectionSearch search)
    {
        var violations = new Violations();
        var (limit, cursor) = QueryReader.Page(http.Request.Query, ["limit", "cursor"], violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            var page = await store.ListCollectionsAsync(Caller.Of(http).Owner, limit, cursor, http.RequestAborted);
            return TypedResults.Json(page with { Items = await search.CountedAsync(page.Items, http.RequestAborted) }, WireJson.Default.PageEvidenceCollection);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, EvidenceStore store, CollectionSearch search) =>
        await LookUpAsync(id, http, store) is { } found
            ? TypedResults.Json((await search.CountedAsync([found], http.RequestAborted))[0], WireJson.Default.EvidenceCollection)
            : new Problem(ErrorCatalog.CollectionNotFound);

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, EvidenceStore store)
    {
        if (await LookUpAsync(id, http, store) is not { } found)
        {
            return new Problem(ErrorCatalog.CollectionNotFound);
        }

        // Not cancelled with its caller: what was begun is ended.
        return await store.DeleteCollectionAsync(found.Id, Caller.Of(http).MayErase, CancellationToken.None) switch
        {
            EvidenceErasure.Erased => TypedResults.NoContent(),
            EvidenceErasure.NotAllowed => OfAnother(),
            _ => new Problem(ErrorCatalog.CollectionNotFound),
        };
    }

    private static async Task<IResult> SearchAsync(string id, HttpContext http, EvidenceStore store, CollectionSearch search)
    {
        var violations = new Violations();
        var (words, most) = CollectionReader.Search(http.Request.Query, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        if (await LookUpAsync(id, http, store) is not { } found)
        {
            return new Problem(ErrorCatalog.CollectionNotFound);
        }

        var (hits, embeddings) = await search.SearchAsync(found.Id, [words], most, Caller.Of(http).KeyId, http.RequestAborted);
        return TypedResults.Json(
            new PassageList(hits[0].Search, [.. hits[0].Items.Select(static (hit, i) => Shown(hit.Passage, i + 1, hit.Score))], embeddings),
            WireJson.Default.PassageList);
    }
}
