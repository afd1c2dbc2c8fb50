using System.Text;
using Consensus.LanguageModels.Caching;
using Consensus.Testing;
using Microsoft.Extensions.Time.Testing;
using static Consensus.LanguageModels.Tests.Caching.CacheRig;

namespace Consensus.LanguageModels.Tests.Caching;

/// <summary>Answers that are kept outside of the process, where they are written after they were given.</summary>
public sealed class OutsideCacheTests
{
    [Fact]
    public async Task AnAnswerIsNotGivenAfterItsTimeWhereverItWasKept()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var outside = new OutsideStore();
        using (var rig = new CacheRig(TimeSpan.FromHours(1), outside: outside, time: time))
        {
            await rig.AskAsync();
            await Eventually.HoldsAsync(() => outside.Kept.Count == 1);
        }

        time.Advance(TimeSpan.FromMinutes(59));
        using var other = new CacheRig(TimeSpan.FromHours(1), outside: outside, time: time);
        Assert.True((await other.AskAsync()).Cached);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.False((await other.AskAsync()).Cached);
        Assert.True((await other.AskAsync()).Cached);
    }

    [Fact]
    public async Task OutsideOfTheProcessNothingCanBeReadAndAnotherProcessWithTheSecretHitsIt()
    {
        var outside = new OutsideStore();
        using (var rig = new CacheRig(outside: outside))
        {
            rig.Answers = (_, _, _) => Task.FromResult(Says("The launch code is 4711."));
            await rig.AskAsync(Call("What is the launch code?"));
            await Eventually.HoldsAsync(() => outside.Kept.Count == 1);
        }

        var (name, value) = outside.Kept.Single();
        foreach (var text in new[] { "launch", "4711", "alice" })
        {
            Assert.DoesNotContain(text, name, StringComparison.Ordinal);
            Assert.Equal(-1, value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)));
        }

        using var other = new CacheRig(outside: outside);
        Assert.Equal(("The launch code is 4711.", true, 0), await other.AskAsync(Call("What is the launch code?")) is var reply ? (reply.Text, reply.Cached, other.Asked) : default);
    }

    [Fact]
    public async Task WhatCannotBeOpenedOrReadIsAMiss()
    {
        var outside = new OutsideStore();
        using (var rig = new CacheRig(outside: outside))
        {
            await rig.AskAsync();
            await Eventually.HoldsAsync(() => outside.Kept.Count == 1);
        }

        var name = outside.Kept.Keys.Single();
        outside.Kept[name] = [1, 2, 3];
        using (var rig = new CacheRig(outside: outside))
        {
            Assert.False((await rig.AskAsync()).Cached);
            await Eventually.HoldsAsync(() => outside.Kept[name].Length > 3);
        }

        var vault = new AnswerVault(System.Security.Cryptography.SHA256.HashData("test"u8));
        outside.Kept[name] = vault.Seal(name, "no payload"u8);
        using (var rig = new CacheRig(outside: outside))
            Assert.Equal(("answer 1", false), await rig.AskAsync() is var reply ? (reply.Text, reply.Cached) : default);
    }
}
