using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
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
            .WithName("listKeys").WithSummary("List the keys, configured ones first, without their secrets")
            .WithDescription("Lists every key, also those that are expired or revoked.")
            .Answers<KeyList>(200, "The keys.")
            .Refuses(ErrorCatalog.NotAcceptable);

        routes.MapGet("/{name}", (string name, KeyHolder keys, TimeProvider time) => Answer(KeyBodies.Find(keys.Ring, name, time.GetUtcNow())))
            .WithName("getKey").WithSummary("A key without its secret")
            .WithDescription("Reads one key by its name. Its secret is kept nowhere and told to nobody.")
            .Takes(Parameters.Path("name", "The key's name.", Limits.KeyNameCharacters))
            .Answers<KeyBody>(200, "The key.")
            .Refuses(ErrorCatalog.KeyNotFound, ErrorCatalog.NotAcceptable);

        routes.MapPost("", CreateAsync).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("createKey").WithSummary("Make a key, and tell its secret this once")
            .WithDescription(
                "Makes a key with the scopes that it is given and stores a hash of its secret. A name is never given twice, also after its key was "
                + "revoked: sent again, 409 `key_exists`. As soon as there is a key, callers need one.")
            .Reads<NewKey>("The key to be made.")
            .Answers<IssuedKey>(201, "The key with its secret.", ResponseHeaders.Location)
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.KeyExists, ErrorCatalog.NotAcceptable]);

        routes.MapPost("/{name}/rotate", RotateAsync).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("rotateKey").WithSummary("Give a key a new secret, and tell it this once")
            .WithDescription(
                "The secret before is taken for `graceSeconds` more; the one before that no longer. Without a body: 0 seconds. Every request makes "
                + "another secret.")
            .Takes(Parameters.Path("name", "The key's name.", Limits.KeyNameCharacters))
            .Reads<KeyRotation>("How long the secret before is still taken.", isOptional: true)
            .Answers<IssuedKey>(200, "The key with its new secret.")
            .Refuses(
                [.. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.KeyNotFound, ErrorCatalog.KeyConfigured, ErrorCatalog.KeyRevoked, ErrorCatalog.NotAcceptable]);

        routes.MapPost("/{name}/revoke", RevokeAsync).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("revokeKey").WithSummary("Take a key back for ever")
            .WithDescription("From now on the key is not taken any more, by any process within seconds. Its runs stay. Once more changes nothing.")
            .Takes(Parameters.Path("name", "The key's name.", Limits.KeyNameCharacters))
            .Answers<KeyBody>(200, "The key as it is now.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.KeyNotFound, ErrorCatalog.KeyConfigured, ErrorCatalog.NotAcceptable]);
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
