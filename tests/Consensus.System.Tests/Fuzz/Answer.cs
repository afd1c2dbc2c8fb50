using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consensus.SystemTests.Fuzz;

/// <summary>What an answer must be, whatever was asked.</summary>
internal static class Answer
{
    /// <summary>What is wrong with an answer; <c>null</c> for nothing.</summary>
    public static string? Complaint(HttpRequestMessage request, HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        if (response.Headers.Contains("X-Injected"))
        {
            return "a header of the request's text came out";
        }

        // No model answered, or not in the deadline that was asked for: those two are documented.
        if (status >= 500 && status is not (502 or 504))
        {
            return "a fault";
        }

        if (status < 400 || request.Method == HttpMethod.Head || IsOfTheServer(response, body))
        {
            return null;
        }

        return CodeIn(body) switch
        {
            null => "no error that says what it is",
            "internal_error" => "a fault",
            _ => null,
        };
    }

    /// <summary>What is no HTTP is refused by the web server, before any of our code.</summary>
    private static bool IsOfTheServer(HttpResponseMessage response, string body) =>
        body.Length == 0 && (int)response.StatusCode is 400 or 414 or 431 && response.Headers.ConnectionClose == true && !response.Headers.Contains("X-Request-Id");

    /// <summary>The code of a problem, of an error in OpenAI's shape or of one of JSON-RPC.</summary>
    private static string? CodeIn(string body)
    {
        try
        {
            var node = JsonNode.Parse(body.StartsWith("event:", StringComparison.Ordinal) ? body.Split("data:", 2)[1].Split('\n')[0] : body) as JsonObject;
            return (node?["code"] ?? node?["error"]?["code"] ?? node?["error"]?["message"])?.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
