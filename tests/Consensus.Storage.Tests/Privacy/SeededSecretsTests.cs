using System.Text;
using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.Privacy;

/// <summary>The default level with the real redactor: secrets in every place that a caller or a model can put them.</summary>
public sealed class SeededSecretsTests
{
    private const string Card = "4111111111111111";

    public static TheoryData<string> Secrets { get; } =
    [
        "jane.doe@example.com", "+49 151 23456789", "192.0.2.77", "2001:db8:85a3::8a2e:370:7334", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00",
        "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task NoSecretReachesTheFile(string secret)
    {
        await using var log = new TemporaryLog(RunContent.Redacted);
        var run = Seeded($"see {secret} there");

        await log.SaveAsync(run);

        Assert.Equal(-1, log.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        Assert.Contains("see [", (await log.FindAsync(run.RunId))!.Request!.Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACardNumberThatIsAJsonNumberIsNoExceptionToThat()
    {
        await using var log = new TemporaryLog(RunContent.Redacted);
        var run = Make.Run() with { Answer = new AnswerBody(Card, JsonElement.Parse(Card), AnswerKindName.Number) };

        await log.SaveAsync(run);

        Assert.Equal(-1, log.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Card)));
        Assert.Equal(JsonValueKind.String, (await log.FindAsync(run.RunId))!.Answer!.Value!.Value.ValueKind);
    }

    [Fact]
    public async Task WhatHoldsNoSecretComesBackWhole()
    {
        await using var log = new TemporaryLog(RunContent.Redacted);
        var run = Seeded("17 * 23 = 391") with { RequestId = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736" };

        await log.SaveAsync(run);

        Assert.Equal(Make.Json(run), Make.Json(await log.FindAsync(run.RunId)));
    }

    private static ConsensusResponse Seeded(string text)
    {
        var answer = new AnswerBody(text, JsonSerializer.SerializeToElement(new Dictionary<string, string[]> { [text] = [text] }), AnswerKindName.Json);
        return Make.Run() with
        {
            Kind = RunKind.Aggregate,
            RequestId = text,
            StatusReason = text,
            Answer = answer,
            Candidates =
            [
                new CandidateBody
                {
                    Id = 0, Model = text, Family = text, Status = CandidateStatus.Failed, Text = text, Answer = answer, FinishReason = text, ProviderModel = text,
                    Error = new CandidateErrorBody(FailureReason.Malformed, text),
                },
            ],
            Clusters = [new ClusterBody { Id = 0, Answer = answer, Size = 1, Weight = 1, Share = 1, Models = [text], Candidates = [0] }],
            Stability = new StabilityBody
            {
                Level = StabilityLevel.Fragile, FlipSet = [text], ByFamily = new FamilyStabilityBody(0, [text]), Repeatability = [new RepeatabilityBody(text, 2, 1)],
            },
            Request = new StoredRequest
            {
                Prompt = text,
                Messages = [new RequestMessage("system", text), new RequestMessage("user", text)],
                Models = [text],
                Answer = new AnswerRequest { Choices = [text, "other"], Schema = answer.Value },
                Reliability = new Dictionary<string, double> { [text] = 0.9 },
                Category = text,
                Tags = [text],
                Metadata = new Dictionary<string, string> { [text] = text },
            },
        };
    }
}
