using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>What a request has beside its body: a part of the path, of the query, or a header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">Where it stands.</param>
/// <param name="Description">What it does, in sentences.</param>
/// <param name="Schema">What it may be.</param>
/// <param name="IsRequired">Whether it must be given.</param>
internal sealed record RequestParameter(string Name, ParameterLocation In, string Description, OpenApiSchema Schema, bool IsRequired = false)
{
    public OpenApiParameter ToOpenApi() => new() { Name = Name, In = In, Description = Description, Required = IsRequired, Schema = Schema };
}
