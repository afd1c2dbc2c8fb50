using System.Text.Json;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using FsCheck.Xunit;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Tests.Caching;

public sealed class AnswerKeyTests
{
    private static readonly ModelEntry Model = new() { Id = "p/m", Provider = "p", ProviderKind = "openai", Name = "m", Family = "f" };
    private static readonly Uri Endpoint = new("https://one.example/v1");

    private static readonly ModelCall Call = new()
    {
        Model = "p/m", Messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Why?")], Temperature = 0, Seed = 1, MaxOutputTokens = 10,
        Schema = new ResponseSchema("answer", JsonElement.Parse("""{"type":"object"}""")), Cache = new AnswerCaching("alice"),
    };

    public static TheoryData<string, Func<ModelCall, ModelCall>> Changes => new()
    {
        { "text", call => call with { Messages = [call.Messages[0], new(ChatRole.User, "Why not?")] } },
        { "role", call => call with { Messages = [new(ChatRole.User, "Be brief."), call.Messages[1]] } },
        { "message", call => call with { Messages = [call.Messages[1]] } },
        { "order", call => call with { Messages = [call.Messages[1], call.Messages[0]] } },
        { "moved text", call => call with { Messages = [new(ChatRole.System, "Be brief.W"), new(ChatRole.User, "hy?")] } },
        { "temperature", call => call with { Temperature = 0.5 } },
        { "no temperature", call => call with { Temperature = null } },
        { "seed", call => call with { Seed = 2 } },
        { "no seed", call => call with { Seed = null } },
        { "cap", call => call with { MaxOutputTokens = 11 } },
        { "schema", call => call with { Schema = new ResponseSchema("answer", JsonElement.Parse("""{"type":"array"}""")) } },
        { "schema's strictness", call => call with { Schema = call.Schema! with { Strict = false } } },
        { "schema's name", call => call with { Schema = call.Schema! with { Name = "other" } } },
        { "no schema", call => call with { Schema = null } },
        { "owner", call => call with { Cache = new AnswerCaching("bob") } },
        { "no owner", call => call with { Cache = new AnswerCaching(null) } },
        { "sample", call => call with { Cache = new AnswerCaching("alice", 1) } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhateverDecidesAnAnswerMakesAnotherKey(string what, Func<ModelCall, ModelCall> change) =>
        Assert.False(AnswerKey.Of(Call, Model, Endpoint, shared: false).SequenceEqual(AnswerKey.Of(change(Call), Model, Endpoint, shared: false)), what);

    [Fact]
    public void WhereAndWhatTheModelIsMakesAnotherKey()
    {
        byte[][] keys =
        [
            AnswerKey.Of(Call, Model, Endpoint, shared: false),
            AnswerKey.Of(Call, Model, new Uri("https://two.example/v1"), shared: false),
            AnswerKey.Of(Call, Model with { Id = "q/m" }, Endpoint, shared: false),
            AnswerKey.Of(Call, Model with { Name = "n" }, Endpoint, shared: false),
            AnswerKey.Of(Call, Model with { ProviderKind = "ollama" }, Endpoint, shared: false),
            AnswerKey.Of(Call, Model with { StructuredOutput = StructuredOutput.Off }, Endpoint, shared: false),
            AnswerKey.Of(Call, Model, Endpoint, shared: true),
        ];
        Assert.Equal(keys.Length, keys.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void ThePriceAndTheTimeDecideNoAnswerAndSharedNoOwner()
    {
        Assert.Equal(AnswerKey.Of(Call, Model, Endpoint, false), AnswerKey.Of(Call with { Timeout = TimeSpan.FromSeconds(1) }, Model with { InputUsdPerMillion = 1 }, Endpoint, false));
        Assert.Equal(AnswerKey.Of(Call, Model, Endpoint, true), AnswerKey.Of(Call with { Cache = new AnswerCaching("bob") }, Model, Endpoint, true));
    }

    /// <summary>Texts that run together the same are different lists of messages all the same, broken surrogates included.</summary>
    [Property]
    public void EqualKeysAreEqualMessages(string[] some, string[] others)
    {
        var (a, b) = (Of(some), Of(others));
        Assert.Equal(some.Select(text => text ?? "").SequenceEqual(others.Select(text => text ?? "")), a.SequenceEqual(b));
        Assert.False(Of("\uD800").SequenceEqual(Of("\uD801")));
    }

    private static byte[] Of(params string[] texts) =>
        AnswerKey.Of(Call with { Messages = [.. texts.Select(text => new ChatMessage(ChatRole.User, text ?? ""))] }, Model, Endpoint, shared: false);
}
