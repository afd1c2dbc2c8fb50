using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consensus.ApiService.Keys;

/// <summary>The keys of callers: made, looked at, given new secrets and taken back. A secret is told once, to whoever makes it.</summary>
internal static class KeysApi
{
    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/keys").WithTags("Keys").RequireAuthorization(Scopes.Admin).AddEndpointFilter(RequireJsonAsync);

        routes.MapGet("", (KeyHolder keys, TimeProvider time) => TypedResults.Json(KeyBodies.List(keys.Ring, time.GetUtcNow()), WireJson.Default.KeyList))
            .WithName("ListKeys").WithSummary("List the keys, configured ones first, without their secrets")
            .Produces<KeyList>().ProducesProblems(406);

        routes.MapGet("/{name}", (string name, KeyHolder keys, TimeProvider time) => Answer(KeyBodies.Find(keys.Ring, name, time.GetUtcNow())))
            .WithName("FindKey").WithSummary("A key without its secret")
            .Produces<KeyBody>().ProducesProblems(404, 406);

        routes.MapPost("", CreateAsync).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("CreateKey").WithSummary("Make a key, and tell its secret this once")
            .WithDescription("A name is never given twice, also after its key was revoked. As soon as there is a key, callers need one.")
            .Accepts<NewKey>("application/json").Produces<IssuedKey>(StatusCodes.Status201Created).ProducesProblems(400, 406, 409, 413, 415, 503);

        routes.MapPost("/{name}/rotate", RotateAsync).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("RotateKey").WithSummary("Give a key a new secret, and tell it this once")
            .WithDescription("The secret before is taken for `graceSeconds` more; the one before that no longer. Without a body: 0 seconds.")
            .Accepts<KeyRotation>("application/json").Produces<IssuedKey>().ProducesProblems(400, 404, 406, 409, 413, 415, 503);

        routes.MapPost("/{name}/revoke", RevokeAsync).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("RevokeKey").WithSummary("Take a key back for ever")
            .Produces<KeyBody>().ProducesProblems(404, 406, 409, 503);
        return app;
    }

    private static async Task<IResult> CreateAsync(HttpContext http, KeyRegister register, KeyHolder keys, AccessRules rules, TimeProvider time)
    {
        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        // With tokens the issuer decides who administers. Elsewhere a first key without the scope would lock everybody out of making a second.
        var reading = KeyReader.Read(body.Value, time.GetUtcNow(), needsAdmin: rules.Tokens is null && !keys.Ring.HasAdmin(time.GetUtcNow()));
        if (reading.Key is not { } key)
        {
            return Problem.Of(reading.Errors, reading.Count);
        }

        var (change, secret) = await register.CreateAsync(key, Caller.Of(http).KeyId);
        if (change == KeyChange.Exists)
        {
            return new Problem(ErrorCatalog.KeyExists);
        }

        http.Response.Headers.Location = $"/v1/keys/{key.Name}";
        return Issued(key.Name, secret, keys, time, StatusCodes.Status201Created);
    }

    private static async Task<IResult> RotateAsync(string name, HttpContext http, KeyRegister register, KeyHolder keys, TimeProvider time)
    {
        var grace = 0;
        if (http.Request.ContentLength is not (null or 0) || http.Request.ContentType is not null)
        {
            var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
            if (body.Problem is not null)
            {
                return body.Problem;
            }

            var violations = new Violations();
            grace = ObjectReader.Open(body.Value, "", violations, "graceSeconds")?.Whole("graceSeconds", 0, Limits.KeyGraceSeconds) ?? 0;
            if (!violations.None)
            {
                return Problem.Of(violations);
            }
        }

        if (keys.Ring.IsConfigured(name))
        {
            return new Problem(ErrorCatalog.KeyConfigured);
        }

        var (change, secret) = await register.RotateAsync(name, TimeSpan.FromSeconds(grace), Caller.Of(http).KeyId);
        return change switch
        {
            KeyChange.Done => Issued(name, secret, keys, time, StatusCodes.Status200OK),
            KeyChange.Revoked => new Problem(ErrorCatalog.KeyRevoked),
            _ => new Problem(ErrorCatalog.KeyNotFound),
        };
    }

    private static async Task<IResult> RevokeAsync(string name, HttpContext http, KeyRegister register, KeyHolder keys, TimeProvider time)
    {
        // A stored key that a configured one shadows can still be taken back.
        if (keys.Ring.IsConfigured(name) && !keys.Ring.Stored.Any(key => key.Name == name))
        {
            return new Problem(ErrorCatalog.KeyConfigured);
        }

        await register.RevokeAsync(name, Caller.Of(http).KeyId);
        return Answer(KeyBodies.FindStored(keys.Ring, name, time.GetUtcNow()));
    }

    private static IResult Answer(KeyBody? key) => key is not null ? TypedResults.Json(key, WireJson.Default.KeyBody) : new Problem(ErrorCatalog.KeyNotFound);

    private static JsonHttpResult<IssuedKey> Issued(string name, string secret, KeyHolder keys, TimeProvider time, int status) =>
        TypedResults.Json(new IssuedKey(KeyBodies.FindStored(keys.Ring, name, time.GetUtcNow())!, secret), WireJson.Default.IssuedKey, statusCode: status);

    // Before anything is done: a secret that cannot be told would be lost.
    private static async ValueTask<object?> RequireJsonAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Accepts.Json(context.HttpContext.Request) ? await next(context) : new Problem(ErrorCatalog.NotAcceptable);
}
