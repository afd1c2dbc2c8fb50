using System.Text.Json.Nodes;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs.Starting;
using Consensus.Contracts;
using Consensus.Contracts.Json;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The parameters of routes, each with what its reader takes.</summary>
internal static class Parameters
{
    /// <summary>How many rows, and where to go on.</summary>
    public static RequestParameter[] Page => [Limit, Cursor];

    public static RequestParameter RunId => PathId("id", "The run's id.");

    public static RequestParameter JobId => PathId("id", "The judge job's id.");

    public static RequestParameter IfNoneMatch => Header(
        "If-None-Match", "Entity tags that the caller has already, as an earlier `ETag` gave them: 304 without a body where one of them is in force.");

    public static RequestParameter IfMatch => Header(
        "If-Match", "Entity tags of the versions that the caller means to replace: 412 where another is in force. Without the header whatever is in "
        + "force is replaced.");

    public static RequestParameter LastEventId => Header("Last-Event-ID", "The id of the last event that the caller has: the stream goes on after it. Without the header it begins at the first.");

    public static RequestParameter IdempotencyKey => new(
        RunWish.IdempotencyHeader,
        ParameterLocation.Header,
        "A name of the caller's for this request. The same key with the same body begins one run, however often it is sent within 24 hours: later "
        + "requests get the answer of the first, "
        + "with the header `Idempotency-Replayed`. A run with a key goes on when its caller goes away.",
        new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Limits.IdempotencyKeyCharacters, Pattern = "^[!#-~]+$|^\"[!#-~]+\"$" });

    public static RequestParameter Prefer => Header(
        RunWish.PreferHeader,
        "`respond-async` (RFC 7240): the answer is 202 at once and the run goes on. With `respond-async, wait=SECONDS` the answer is waited for that "
        + "long. Other preferences are ignored.");

    private static RequestParameter Limit => Query(
        "limit",
        "The most rows of the page.",
        new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = Number(Limits.MaxPageSize), Default = JsonValue.Create(Limits.DefaultPageSize) });

    private static RequestParameter Cursor => Text("cursor", QueryReader.CursorCharacters, "Where to go on: the `next` of an earlier page, with the same filters.");

    /// <summary>The listing's span of time.</summary>
    public static RequestParameter[] Span(string what) =>
    [
        Query("from", $"Only {what} at this time or later.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }),
        Query("to", $"Only {what} before this time, which is later than `from`.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }),
    ];

    public static RequestParameter Path(string name, string description, int most = Limits.ModelCharacters) =>
        new(name, ParameterLocation.Path, description, new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = most }, IsRequired: true);

    public static RequestParameter PathId(string name, string description) =>
        new(name, ParameterLocation.Path, description, new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }, IsRequired: true);

    public static RequestParameter Text(string name, int most, string description) =>
        Query(name, description, new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = most });

    public static RequestParameter Count(string name, int most, int unless, string description) => Query(
        name, description, new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = Number(most), Default = JsonValue.Create(unless) });

    public static RequestParameter Id(string name, string description) => Query(name, description, new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" });

    public static RequestParameter Flag(string name, string description, bool isRequired = false) =>
        Query(name, description, new OpenApiSchema { Type = JsonSchemaType.Boolean }) with { IsRequired = isRequired };

    public static RequestParameter Share(string name, string description) =>
        Query(name, description, new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1" });

    public static RequestParameter OneOf<T>(string name, string description)
        where T : struct, Enum =>
        Query(name, description, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. WireName.All<T>().Select(word => (JsonNode)word)] });

    public static RequestParameter OneOf(string name, string description, params IEnumerable<string> words) =>
        Query(name, description, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] });

    private static RequestParameter Query(string name, string description, OpenApiSchema schema) => new(name, ParameterLocation.Query, description, schema);

    private static RequestParameter Header(string name, string description) =>
        new(name, ParameterLocation.Header, description, new OpenApiSchema { Type = JsonSchemaType.String });

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
