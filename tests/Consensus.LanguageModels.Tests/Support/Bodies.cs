using System.Text.Json;

namespace Consensus.LanguageModels.Tests.Support;

/// <summary>Answers as the providers write them.</summary>
internal static class Bodies
{
    public static string OpenAi(string? text, string finish = "stop", string? refusal = null) => $$"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o-2024-08-06",
         "choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}},"refusal":{{JsonSerializer.Serialize(refusal)}}},"logprobs":null,"finish_reason":"{{finish}}"}],
         "usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17},"system_fingerprint":"fp_1"}
        """;

    public static string Anthropic(string text, string stop = "end_turn") => $$"""
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[{"type":"text","text":{{JsonSerializer.Serialize(text)}} }],
         "stop_reason":"{{stop}}","stop_sequence":null,"usage":{"input_tokens":12,"output_tokens":5} }
        """;

    /// <summary>One line, as the server sends it: its client reads by lines.</summary>
    public static string Ollama(string text, string done = "stop") =>
        $$"""{"model":"llama3.1:8b","created_at":"2025-01-01T00:00:00.000000Z","message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}} },"""
        + $$"""  "done":true,"done_reason":"{{done}}","total_duration":1,"load_duration":1,"prompt_eval_count":12,"prompt_eval_duration":1,"eval_count":5,"eval_duration":1}""";

    public static string Error(string code, string message = "It went wrong.") =>
        $$"""{"error":{"message":{{JsonSerializer.Serialize(message)}},"type":"{{code}}","param":null,"code":"{{code}}"} }""";
}
