using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;
using Consensus.Testing;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>What users of OpenAI's library for .NET meet. <see cref="NodeClientTests"/> has the same for Node.</summary>
public sealed class DotNetClientTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACompletionIsThePanelsAnswerWithTheUsageOfAllCalls()
    {
        var result = await rig.Client("consensus").CompleteChatAsync([new UserChatMessage(OpenAiRig.Question)], new ChatCompletionOptions { EndUserId = "ursula", TopP = 0.9f }, Ending);
        var completion = result.Value;
        Assert.Equal(("391", ChatFinishReason.Stop, "consensus"), (Assert.Single(completion.Content).Text, completion.FinishReason, completion.Model));
        Assert.Null(completion.Refusal);
        Assert.True(completion.Usage.InputTokenCount > 0 && completion.Usage.OutputTokenCount > 0);
        Assert.Equal(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount);

        var headers = result.GetRawResponse().Headers;
        Assert.Equal(("consensus", "1", "top_p"), (Header("x-consensus-outcome"), Header("x-consensus-agreement"), Header("x-consensus-ignored")));
        var runId = Header("x-consensus-run-id");
        Assert.Equal(completion.Id, $"chatcmpl-{runId}");

        var run = await RunAsync(Guid.Parse(runId!));
        Assert.Equal(completion.CreatedAt.ToUnixTimeSeconds(), run.CreatedAt.ToUnixTimeSeconds());
        Assert.Equal((run.Usage!.InputTokens, run.Usage.OutputTokens), (completion.Usage.InputTokenCount, completion.Usage.OutputTokenCount));
        Assert.Equal("ursula", run.Request!.Metadata!["user"]);
        Assert.Equal(3, run.Candidates!.Count);

        string? Header(string name) => headers.TryGetValue(name, out var value) ? value : null;
    }

    [Fact]
    public async Task AStreamedCompletionEndsWithItsUsage()
    {
        var told = await StreamAsync(rig.Client("consensus"), OpenAiRig.Question);
        Assert.Equal((ChatMessageRole.Assistant, "391", "", ChatFinishReason.Stop), (told.Role!.Value, told.Content, told.Refusal, told.Finish!.Value));
        Assert.True(told.Usage!.TotalTokenCount > 0);
    }

    [Fact]
    public async Task ADividedPanelRefusesAndNamesItsLeaders()
    {
        var completion = (await rig.Client("consensus/majority@divided").CompleteChatAsync([new UserChatMessage(OpenAiRig.Divisive)], cancellationToken: Ending)).Value;
        Assert.Empty(completion.Content);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        AssertNamesBoth(completion.Refusal);

        var told = await StreamAsync(rig.Client("consensus@divided"), OpenAiRig.Divisive);
        Assert.Equal(("", completion.Refusal), (told.Content, told.Refusal));
    }

    [Fact]
    public async Task ARefusalMayStandInTheConversationThatGoesOn()
    {
        ChatMessage[] conversation =
        [
            new SystemChatMessage("Be brief."), new UserChatMessage(OpenAiRig.Divisive), new AssistantChatMessage(ChatMessageContentPart.CreateRefusalPart("The panel came to no consensus.")),
            new UserChatMessage(ChatMessageContentPart.CreateTextPart("Then tell me:"), ChatMessageContentPart.CreateTextPart(OpenAiRig.Question)),
        ];
        var completion = (await rig.Client("sim/ada").CompleteChatAsync(conversation, cancellationToken: Ending)).Value;
        Assert.Equal("391", completion.Content[0].Text);
    }

    [Fact]
    public async Task AnAnswerSatisfiesTheSchemaThatWasAskedFor()
    {
        var schema = BinaryData.FromString("""{"type":"object","properties":{"answer":{"type":"number"}},"required":["answer"],"additionalProperties":false}""");
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("sum", schema, jsonSchemaIsStrict: true) };
        var completion = (await rig.Client("consensus").CompleteChatAsync([new UserChatMessage(OpenAiRig.Question)], options, Ending)).Value;
        Assert.Equal("""{"answer":391}""", JsonNode.Parse(completion.Content[0].Text)!.ToJsonString());
    }

    [Fact]
    public async Task TheModelsThatAreListedCanBeAskedAndFound()
    {
        var models = new OpenAIModelClient(new ApiKeyCredential(OpenAiRig.Key("alice")), new OpenAIClientOptions { Endpoint = rig.Endpoint });
        var listed = (await models.GetModelsAsync(Ending)).Value.Select(m => m.Id).ToList();
        Assert.Superset(new HashSet<string> { "consensus", "consensus/supermajority", "consensus@divided", "sim/ada" }, listed.ToHashSet());
        Assert.Equal("consensus", (await models.GetModelAsync("consensus/weighted@divided", Ending)).Value.OwnedBy);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => models.GetModelAsync("nobody", Ending))).Status);
    }

    [Theory]
    [MemberData(nameof(ClientErrors.All), MemberType = typeof(ClientErrors))]
    public async Task AnErrorIsTheExceptionOfItsStatus(ClientError error)
    {
        using var content = BinaryContent.Create(BinaryData.FromString(error.Request));
        var client = rig.Client("unused", error.Key, new ClientRetryPolicy(maxRetries: 0));
        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync(content, new RequestOptions { CancellationToken = Ending }));
        Assert.Equal(error.Status, thrown.Status);
        Assert.Contains(error.Code, thrown.Message, StringComparison.Ordinal);
        var body = JsonNode.Parse(thrown.GetRawResponse()!.Content)!["error"]!;
        Assert.Equal((error.Code, error.Param, error.Type), ((string?)body["code"], (string?)body["param"], (string?)body["type"]));
    }

    [Fact]
    public async Task ACallerWhoGoesAwayCancelsTheRun()
    {
        using var leaving = new CancellationTokenSource();
        var before = await rig.AskedAsync("silent");
        var asking = rig.Client("sim/silent").CompleteChatAsync([new UserChatMessage("x")], cancellationToken: leaving.Token);
        await Poll.UntilAsync(() => rig.AskedAsync("silent"), asked => asked > before);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await rig.HasCancelledAsync();
    }

    internal static void AssertNamesBoth(string refusal)
    {
        Assert.Contains("no consensus", refusal, StringComparison.Ordinal);
        Assert.Contains("1 of 2 say \"Lyon\" (sim/left)", refusal, StringComparison.Ordinal);
        Assert.Contains("1 of 2 say \"Ghent\" (sim/right)", refusal, StringComparison.Ordinal);
    }

    private async Task<ConsensusResponse> RunAsync(Guid runId)
    {
        using var http = rig.App.Client(OpenAiRig.Key("alice"));
        using var found = await http.GetAsync($"/v1/runs/{runId}", Ending);
        return await found.RunAsync();
    }

    private static async Task<(ChatMessageRole? Role, string Content, string Refusal, ChatFinishReason? Finish, ChatTokenUsage? Usage)> StreamAsync(ChatClient client, string question)
    {
        (ChatMessageRole? Role, string Content, string Refusal, ChatFinishReason? Finish, ChatTokenUsage? Usage) told = (null, "", "", null, null);
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage(question)], cancellationToken: Ending))
        {
            told = (
                told.Role ?? update.Role, told.Content + string.Concat(update.ContentUpdate.Select(part => part.Text)), told.Refusal + update.RefusalUpdate,
                told.Finish ?? update.FinishReason, told.Usage ?? update.Usage);
        }

        return told;
    }
}
