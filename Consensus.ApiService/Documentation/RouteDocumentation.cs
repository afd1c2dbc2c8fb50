using Consensus.ApiService.Errors;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Documentation;

/// <summary>What the description says of a route beyond what the framework sees.</summary>
internal static class RouteDocumentation
{
    /// <summary>What a request has beside its body.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params RequestParameter[] parameters) => route.WithMetadata(new TakenParameters(parameters));

    /// <summary>A body of JSON.</summary>
    /// <param name="route">The route.</param>
    /// <param name="description">What it is, in sentences.</param>
    /// <param name="isOptional">Whether it may be left out.</param>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route, string description, bool isOptional = false)
        where T : notnull => route.Accepts<T>(isOptional, "application/json").WithMetadata(new ReadBody(description));

    /// <summary>A body of JSON whose schema is written by hand.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder route, string description, string schema) => route.WithMetadata(new ReadBody(description, schema));

    /// <summary>A body of JSON that is answered.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, int status, string description, params ResponseHeader[] headers) =>
        route.Produces<T>(status).WithMetadata(new Answer(status, description, headers));

    /// <summary>An answer without a body.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, int status, string description, params ResponseHeader[] headers) =>
        route.Produces(status).WithMetadata(new Answer(status, description, headers));

    /// <summary>An answer whose schema is written by hand, or that is told in words.</summary>
    /// <param name="route">The route.</param>
    /// <param name="status">Its status.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="schema">The name of its schema.</param>
    /// <param name="description">What it is, in sentences.</param>
    /// <param name="headers">Its headers.</param>
    public static RouteHandlerBuilder AnswersAs(
        this RouteHandlerBuilder route, int status, string mediaType, string schema, string description, params ResponseHeader[] headers) =>
        route.WithMetadata(new Answer(status, description, headers, mediaType, schema));

    /// <summary>The errors that the route may answer with, beside those of every route that takes a key.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ErrorCode[] codes)
    {
        var all = codes.Union(Refusals.OfCallers).OrderBy(static code => code.Status).ToArray();
        foreach (var status in all.Select(static code => code.Status).Distinct())
        {
            route.Produces<ProblemBody>(status, Problem.MediaType);
        }

        return route.WithMetadata(new Refused(all));
    }
}

/// <summary>What a request has beside its body.</summary>
internal sealed record TakenParameters(IReadOnlyList<RequestParameter> All);

/// <summary>A body that is read.</summary>
/// <param name="Description">What it is.</param>
/// <param name="Schema">The name of its schema, where that is written by hand.</param>
internal sealed record ReadBody(string Description, string? Schema = null);

/// <summary>An answer that is no error.</summary>
internal sealed record Answer(int Status, string Description, IReadOnlyList<ResponseHeader> Headers, string? MediaType = null, string? Schema = null);

/// <summary>The errors that a route may answer with, by status.</summary>
internal sealed record Refused(IReadOnlyList<ErrorCode> Codes);
