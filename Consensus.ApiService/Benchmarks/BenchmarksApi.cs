using Consensus.ApiService.Auth;
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
            .WithName("PublishBenchmarks").WithSummary("Publish one result of a benchmark or a list of them")
            .WithDescription("Stored all or none. 200 when every content is stored already; `Location` stands there for a single result.")
            .Accepts<BenchmarkResult>("application/json").Produces<BenchmarkReceipt>().Produces<BenchmarkReceipt>(StatusCodes.Status201Created)
            .ProducesProblems(400, 406, 409, 413, 415, 503);

        routes.MapGet("/benchmarks", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("ListBenchmarks").WithSummary("List published results without their questions, newest first").DescribeQuery(BenchmarkFilterReader.Names)
            .Produces<Page<StoredBenchmark>>().ProducesProblems(400, 406, 409, 503);

        routes.MapGet("/benchmarks/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("FindBenchmark").WithSummary("A published result, whole")
            .Produces<StoredBenchmark>().ProducesProblems(404, 406, 409, 503);
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
