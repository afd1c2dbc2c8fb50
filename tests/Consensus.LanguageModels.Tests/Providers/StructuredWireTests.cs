using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Providers;

public sealed class StructuredWireTests
{
    private const string Schema = """{"type":"object","properties":{"answer":{"type":"string","enum":["yes","no"]}},"required":["answer"],"additionalProperties":false}""";

    private static async Task<string> SentAsync(string body, string model, params (string, string?)[] settings)
    {
        var handler = VerbatimHandler.Answering(body);
        await using var host = new ModelHost(settings, handler);
        var reply = await host.Caller.AskAsync(ModelHost.Structured(model), default);
        Assert.Null(reply.Failure);
        return Assert.Single(handler.Requests).Body;
    }

    private static void AssertSent(string expected, string sent) => AssertJson.Same(expected.Replace("SCHEMA", Schema, StringComparison.Ordinal), sent);

    [Fact]
    public async Task OpenAiGetsTheSchemaAsResponseFormat() => AssertSent(
        """
        {"messages":[{"role":"user","content":"What is 17 * 23?"}],"model":"gpt-4o","max_completion_tokens":2048,
         "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":SCHEMA,"strict":true}}}
        """,
        await SentAsync(Bodies.OpenAi("{}"), "openai/gpt-4o", ("Providers:openai:Key", "k"), ("Providers:openai:Models:0", "gpt-4o")));

    [Fact]
    public async Task SimulatorGetsTheSchemaAsResponseFormat() => AssertSent(
        """
        {"messages":[{"role":"user","content":"What is 17 * 23?"}],"model":"ada","max_tokens":2048,
         "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":SCHEMA,"strict":true}}}
        """,
        await SentAsync(Bodies.OpenAi("{}"), "sim/ada"));

    [Fact]
    public async Task AServerThatOnlyKnowsJsonObjectsGetsNoSchema() => AssertSent(
        """{"messages":[{"role":"user","content":"What is 17 * 23?"}],"model":"m","max_tokens":2048,"response_format":{"type":"json_object"}}""",
        await SentAsync(
            Bodies.OpenAi("{}"), "vllm/m", ("Providers:vllm:Kind", "openai"), ("Providers:vllm:Endpoint", "http://gpu-box:8000/v1"), ("Providers:vllm:AllowPlainHttp", "true"), ("Providers:vllm:Models:0", "m"),
            ("Providers:vllm:StructuredOutput", "json_object")));

    [Fact]
    public async Task AServerThatKnowsNeitherIsOnlyToldInThePrompt() => AssertSent(
        """{"messages":[{"role":"user","content":"What is 17 * 23?"}],"model":"m","max_tokens":2048}""",
        await SentAsync(
            Bodies.OpenAi("{}"), "vllm/m", ("Providers:vllm:Kind", "openai"), ("Providers:vllm:Endpoint", "http://gpu-box:8000/v1"), ("Providers:vllm:AllowPlainHttp", "true"), ("Providers:vllm:Models:0", "m"),
            ("Providers:vllm:StructuredOutput", "off")));

    [Fact]
    public async Task OllamaGetsTheSchemaAsFormat() => AssertSent(
        """
        {"model":"llama3.1:8b","messages":[{"role":"user","content":"What is 17 * 23?"}],"options":{"num_predict":2048},"stream":false,"CustomHeaders":{},
         "format":SCHEMA}
        """,
        await SentAsync(Bodies.Ollama("{}"), "ollama/llama3.1:8b", ("Providers:ollama:Models:0", "llama3.1:8b")));

    [Fact]
    public async Task AnthropicGetsTheSchemaAsOutputConfig() => AssertSent(
        """
        {"model":"claude-sonnet-4-5","max_tokens":2048,"messages":[{"role":"user","content":[{"type":"text","text":"What is 17 * 23?"}]}],
         "output_config":{"format":{"type":"json_schema","schema":SCHEMA}}}
        """,
        await SentAsync(Bodies.Anthropic("{}"), "anthropic/claude-sonnet-4-5", ("Providers:anthropic:Key", "k"), ("Providers:anthropic:Models:0", "claude-sonnet-4-5")));
}
