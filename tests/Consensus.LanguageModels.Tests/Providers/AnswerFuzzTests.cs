using System.Net;
using System.Text;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Providers;

/// <summary>Whatever a provider sends, a call ends with a text or with a reason that blames the provider, and never with an exception.</summary>
public sealed class AnswerFuzzTests
{
    private const int Rounds = 200;

    /// <summary>Good JSON that no reader of texts and members takes.</summary>
    private static readonly string[] Seeds =
    [
        Bodies.OpenAi("391", """a\ud800"""),
        Bodies.OpenAi("391", "eos").Insert(1, "\"id\":\"twice\","),
        Bodies.OpenAi("391", "eos").Insert(1, "\"\\ud800\":1,"),
        """{"error":{"code":"\ud800"}}""",
        """{"error":{"type":"a\udc00b","message":"It went wrong."}}""",
    ];

    [Fact]
    public async Task TextsThatAreNoneAndMembersThatAreThereTwiceAreMalformed()
    {
        var body = "";
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json(body));
        await using var host = ModelHost.OpenAi(handler);

        foreach (var seed in Seeds)
        {
            body = seed;
            Assert.Equal((seed, FailureReason.Malformed), (seed, (await host.AskAsync()).Failure));
        }

        Assert.DoesNotContain(host.Logs.All, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, FailureReason.Unavailable)]
    [InlineData(HttpStatusCode.TooManyRequests, FailureReason.RateLimited)]
    [InlineData(HttpStatusCode.BadRequest, FailureReason.Rejected)]
    public async Task AnErrorStatusKeepsItsReasonWhateverItsBodyIs(HttpStatusCode status, FailureReason reason)
    {
        var body = "";
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json(body, status));
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:Retry:MaxAttempts", "1"));

        foreach (var seed in Seeds)
        {
            body = seed;
            Assert.Equal((seed, reason), (seed, (await host.AskAsync()).Failure!.Value));
        }
    }

    [Theory]
    [InlineData("openai/m")]
    [InlineData("anthropic/m")]
    [InlineData("ollama/m")]
    public async Task MutatedAnswersNeverThrowAndNeverCountAsOurOwnFault(string model)
    {
        var random = new Random(20260101);
        var good = model[0] switch { 'a' => Bodies.Anthropic("391"), 'o' when model[1] == 'l' => Bodies.Ollama("391"), _ => Bodies.OpenAi("391") };
        var body = good;
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json(body));
        await using var host = new ModelHost(
            [
                ("Providers:openai:Key", "k"), ("Providers:openai:Models:0", "m"), ("Providers:anthropic:Key", "k"), ("Providers:anthropic:Models:0", "m"),
                ("Providers:ollama:Models:0", "m"),
            ],
            handler);

        for (var i = 0; i < Rounds; i++)
        {
            body = Mutate(model == "openai/m" && i % 4 < 3 ? Seeds[i % 4] : good, random);
            var reply = await host.AskAsync(model);
            Assert.True(reply.Text is null != (reply.Failure is null), body);
            Assert.True(reply.Failure is null or FailureReason.Malformed or FailureReason.Empty or FailureReason.Refused, $"{reply.Failure} {reply.FailureMessage}: {body}");
        }
    }

    /// <summary>Cuts, doubles, swaps and replaces pieces; now and then a value changes its type.</summary>
    private static string Mutate(string text, Random random)
    {
        string[] values = ["null", "7", "-1e99", "\"\"", "[]", "{}", "true", "\"x\"", "[null]", "9223372036854775808"];
        var result = new StringBuilder(text);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(result.Length);
            var length = Math.Min(random.Next(1, 20), result.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    result.Remove(at, length);
                    break;
                case 1:
                    result.Insert(at, result.ToString(at, length));
                    break;
                case 2:
                    result[at] = (char)random.Next(32, 127);
                    break;
                default:
                    ReplaceValue(result, values[random.Next(values.Length)], random);
                    break;
            }

            if (result.Length == 0)
                result.Append(' ');
        }

        return result.ToString();
    }

    private static void ReplaceValue(StringBuilder text, string value, Random random)
    {
        var colon = text.ToString().IndexOf("\":", random.Next(text.Length), StringComparison.Ordinal);
        if (colon < 0)
            return;
        var end = text.ToString().IndexOfAny([',', '}', ']'], colon + 2);
        if (end > 0)
            text.Remove(colon + 2, end - colon - 2).Insert(colon + 2, value);
    }
}
