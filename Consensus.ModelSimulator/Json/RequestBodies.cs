using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.ModelSimulator.Errors;

namespace Consensus.ModelSimulator.Json;

internal static class RequestBodies
{
    /// <summary>Reads the request's JSON; answers with an error and gives <c>null</c> when it is none.</summary>
    public static async Task<T?> ReadBodyAsync<T>(this HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) is { } body)
            {
                return body;
            }

            await http.WriteErrorAsync(ApiError.Invalid("The request's body must be a JSON object, not null."));
        }
        catch (JsonException e)
        {
            await http.WriteErrorAsync(ApiError.Invalid($"The request's body is not the expected JSON: {e.Message}", e.Path is null or "$" ? null : e.Path.TrimStart('$', '.')));
        }

        return null;
    }
}
