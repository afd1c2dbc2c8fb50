using Consensus.ApiService.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Versioning;

/// <summary>
/// Puts into the description what a version promises beside its bodies: that an operation is deprecated, and the scopes of which one opens it. OpenAPI 3.1
/// takes scopes with any kind of credentials; each entry of <c>security</c> is one way in.
/// </summary>
internal sealed class VersionDescription(IAuthorizationPolicyProvider policies, VersioningSettings settings) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isV1 = PathVersion.Of($"/{context.Description.RelativePath}") is not null;
        operation.Deprecated |= metadata.OfType<Deprecation>().Any() || (isV1 && settings.V1 is not null);

        var needed = new List<string[]>();
        foreach (var name in metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct())
        {
            var claims = (await policies.GetPolicyAsync(name))?.Requirements.OfType<ClaimsAuthorizationRequirement>() ?? [];
            needed.AddRange(claims.Where(c => c.ClaimType == Caller.ScopeClaim).Select(c => c.AllowedValues!.ToArray()));
        }

        if (needed.Count > 0)
        {
            operation.Security = [.. Ways(needed).Select(scopes => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(KeyAuthentication.SchemeName, context.Document)] = scopes,
            })];
        }
    }

    /// <summary>Every choice of one scope for each need.</summary>
    private static IEnumerable<List<string>> Ways(IReadOnlyList<string[]> needed) => needed.Aggregate(
        (IEnumerable<List<string>>)[[]], (ways, scopes) => ways.SelectMany(way => scopes.Select(scope => way.Contains(scope) ? way : [.. way, scope])));
}
