using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>A header of a response.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says, and when it is sent.</param>
/// <param name="Type">What it is.</param>
/// <param name="Format">Of which form, where that has a name.</param>
internal sealed record ResponseHeader(string Name, string Description, JsonSchemaType Type = JsonSchemaType.String, string? Format = null)
{
    public OpenApiHeader ToOpenApi() => new()
    {
        Description = Description,
        Schema = new OpenApiSchema { Type = Type, Format = Format, Minimum = Type == JsonSchemaType.Integer ? "0" : null },
    };
}
