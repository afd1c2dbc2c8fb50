using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Benchmarks;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Benchmarks;

/// <summary>Published results of benchmarks: only ever added, each content once.</summary>
internal static class BenchmarksApi
{
    public static IEndpointRouteBuilder MapBenchmarks(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Benchmarks").AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapPost("/benchmarks", PublishAsync).RequireAuthorization(Scopes.Admin)
            .WithName("publishBenchmarks").WithSummary("Publish one result of a benchmark, or a list of them")
            .WithDescription(
                "Stores the results all or none, each content once: the same again changes nothing and is 200. `Location` stands there for a single "
                + "result. Results are never changed or removed.")
            .Reads<BenchmarkResult>("A result of `consensus bench run`; a list of results is taken too.")
            .Answers<BenchmarkReceipt>(201, "At least one of them is new.", ResponseHeaders.Location)
            .Answers<BenchmarkReceipt>(200, "Every content is stored already.", ResponseHeaders.Location)
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/benchmarks", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listBenchmarks").WithSummary("List published results without their questions, newest first")
            .WithDescription("Lists published results, a page at a time. They belong to no key: who may read sees all.")
            .Takes(
                [
                    .. Parameters.Span("results that were published"),
                    Parameters.Text("suite", Limits.ModelCharacters, "Only results on this suite."),
                    Parameters.Text("strategy", Limits.ModelCharacters, "Only results of this strategy."),
                    .. Parameters.Page,
                ])
            .Answers<Page<StoredBenchmark>>(200, "A page of results.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/benchmarks/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getBenchmark").WithSummary("A published result, whole")
            .WithDescription("Reads one result with what came of every question.")
            .Takes(Parameters.PathId("id", "The result's id."))
            .Answers<StoredBenchmark>(200, "The result.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.BenchmarkNotFound, ErrorCatalog.NotAcceptable]);
        return app;
    }

    private static async Task<IResult> PublishAsync(HttpContext http, RunLog log)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.BenchmarkBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var reading = BenchmarkReader.Read(body.Value);
        if (reading.Count > 0)
        {
            return Problem.Of(reading.Errors, reading.Count);
        }

        // Not cancelled with its caller: who is told nothing sends the same again, and finds it stored.
        var published = await log.PublishAsync(reading.Results, Caller.Of(http).KeyId, CancellationToken.None);
        if (published is [var single])
        {
            http.Response.Headers.Location = $"/v1/benchmarks/{single.Id:D}";
        }

        var status = published.Any(static one => one.Created) ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return TypedResults.Json(new BenchmarkReceipt(published), WireJson.Default.BenchmarkReceipt, statusCode: status);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Violations();
        var filter = BenchmarkFilterReader.Read(http.Request.Query, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListBenchmarksAsync(filter, http.RequestAborted), WireJson.Default.PageStoredBenchmark);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, RunLog log) =>
        Guid.TryParseExact(id, "D", out var benchmark) && await log.FindBenchmarkAsync(benchmark, http.RequestAborted) is { } found
            ? TypedResults.Json(found, WireJson.Default.StoredBenchmark)
            : new Problem(ErrorCatalog.BenchmarkNotFound);
}
