using Consensus.ApiService.Tests.OpenAi;
using Xunit.Sdk;

[assembly: RegisterXunitSerializer(typeof(ClientErrorSerializer), typeof(ClientError))]

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>A request that fails, and how every client library has to tell it.</summary>
/// <param name="Request">The body.</param>
/// <param name="Key">The key; <c>null</c> for one that may ask.</param>
/// <param name="Status">The status.</param>
/// <param name="Code">The code.</param>
/// <param name="Param">The member that is wrong.</param>
/// <param name="Type">OpenAI's class of the error.</param>
/// <param name="NodeType">The class of what the library for Node throws.</param>
public sealed record ClientError(string Request, string? Key, int Status, string Code, string? Param, string Type, string NodeType)
{
    public override string ToString() => $"{Status} {Code} {Param}";
}

internal static class ClientErrors
{
    private const string Fine = """{"model":"consensus","messages":[{"role":"user","content":"x"}]}""";

    public static TheoryData<ClientError> All => new(
        new ClientError(With("\"n\":2"), null, 400, "validation_failed", "n", "invalid_request_error", "BadRequestError"),
        new ClientError(With("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"), null, 400, "validation_failed", "tools", "invalid_request_error", "BadRequestError"),
        new ClientError(With("\"logprobs\":true"), null, 400, "validation_failed", "logprobs", "invalid_request_error", "BadRequestError"),
        new ClientError(With("\"max_completion_tokens\":0"), null, 400, "validation_failed", "max_completion_tokens", "invalid_request_error", "BadRequestError"),
        new ClientError(Fine, OpenAiRig.Key("nobody"), 401, "unauthorized", null, "authentication_error", "AuthenticationError"),
        new ClientError(Fine, OpenAiRig.Key("read"), 403, "forbidden", null, "permission_error", "PermissionDeniedError"),
        new ClientError(Of("nobody"), null, 404, "model_not_found", "model", "invalid_request_error", "NotFoundError"),
        new ClientError(Of("consensus/oracle"), null, 404, "model_not_found", "model", "invalid_request_error", "NotFoundError"),
        new ClientError(Of("sim/broken"), null, 502, "panel_failed", null, "server_error", "InternalServerError"),
        new ClientError(Of("sim/silent", ",\"consensus\":{\"deadlineMs\":200}"), null, 504, "deadline_exceeded", null, "server_error", "InternalServerError"));

    private static string With(string member) => $"{Fine[..^1]},{member}}}";

    private static string Of(string model, string more = "") => $$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]{{more}}}""";
}

/// <summary>Names the cases in the list of tests.</summary>
internal sealed class ClientErrorSerializer : IXunitSerializer
{
    public object Deserialize(Type type, string serializedValue) => System.Text.Json.JsonSerializer.Deserialize<ClientError>(serializedValue)!;

    public bool IsSerializable(Type type, object? value, out string failureReason)
    {
        failureReason = "";
        return true;
    }

    public string Serialize(object value) => System.Text.Json.JsonSerializer.Serialize((ClientError)value);
}
