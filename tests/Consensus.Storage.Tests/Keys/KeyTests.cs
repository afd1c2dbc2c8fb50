using System.Text;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.Storage.Tests.Keys;

public class KeyTests
{
    private static readonly NewKey Ci = new("ci", ["run", "read"], new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero), new KeyLimits(60, 4, 12.50m));

    [Fact]
    public async Task AKeyComesBackAsItWasMadeWithoutItsSecret()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var log = new TemporaryLog(time: time);
        var secret = KeySecret.New();
        Assert.Equal(KeyChange.Done, await log.Log.CreateKeyAsync(Ci, secret, "root", default));

        var key = Assert.Single(await log.Log.ListKeysAsync(default));

        Assert.Equal(("ci", secret.Hint, time.GetUtcNow(), "root", Ci.ExpiresAt, Ci.Limits), (key.Name, key.Hint, key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.Limits));
        Assert.Equal(Ci.Scopes, key.Scopes);
        Assert.Equal(secret.Hash, key.Hash);
        Assert.True(log.Holds(secret.Hint));
        Assert.False(log.Holds(secret.Text));
    }

    [Fact]
    public async Task ANameIsForEver()
    {
        await using var log = new TemporaryLog();
        await log.Log.CreateKeyAsync(Ci, KeySecret.New(), null, default);
        Assert.Equal(KeyChange.Exists, await log.Log.CreateKeyAsync(Ci, KeySecret.New(), null, default));
        Assert.Equal(KeyChange.Done, await log.Log.RevokeKeyAsync("ci", "root", default));
        Assert.Equal(KeyChange.Exists, await log.Log.CreateKeyAsync(Ci, KeySecret.New(), null, default));
        Assert.Equal(KeyChange.Revoked, await log.Log.RevokeKeyAsync("ci", "another", default));
        Assert.Equal(KeyChange.Revoked, await log.Log.RotateKeyAsync("ci", KeySecret.New(), by: null, TimeSpan.Zero, default));
        Assert.Equal(KeyChange.NotFound, await log.Log.RevokeKeyAsync("nobody", null, default));
        Assert.Equal("root", Assert.Single(await log.Log.ListKeysAsync(default)).RevokedBy);
    }

    [Fact]
    public async Task ARotationKeepsThePresentSecretForItsGraceAndNoOther()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var log = new TemporaryLog(time: time);
        var (first, second, third) = (KeySecret.New(), KeySecret.New(), KeySecret.New());
        await log.Log.CreateKeyAsync(Ci, first, null, default);

        await log.Log.RotateKeyAsync("ci", second, by: null, TimeSpan.FromHours(1), default);
        var graced = Assert.Single(await log.Log.ListKeysAsync(default));
        await log.Log.RotateKeyAsync("ci", third, by: null, TimeSpan.Zero, default);
        var ungraced = Assert.Single(await log.Log.ListKeysAsync(default));

        Assert.Equal(second.Hash, graced.Hash);
        Assert.Equal(first.Hash, graced.PreviousHash);
        Assert.Equal(time.GetUtcNow().AddHours(1), graced.PreviousUntil);
        Assert.Equal(third.Hash, ungraced.Hash);
        Assert.Null(ungraced.PreviousHash);
        Assert.Null(ungraced.PreviousUntil);
    }

    [Fact]
    public async Task ALaterUseIsKeptAndAnEarlierChangesNothing()
    {
        await using var log = new TemporaryLog();
        await log.Log.CreateKeyAsync(Ci, KeySecret.New(), null, default);
        var noon = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        await log.Log.UseKeysAsync([new("ci", noon), new("nobody", noon)], default);
        await log.Log.UseKeysAsync([new("ci", noon.AddMinutes(-1))], default);
        Assert.Equal(noon, Assert.Single(await log.Log.ListKeysAsync(default)).LastUsedAt);
    }

    [Fact]
    public void SecretsHave256RandomBitsAndShowNothingOfThemselves()
    {
        var secrets = Enumerable.Range(0, 1_000).Select(_ => KeySecret.New()).ToList();
        Assert.Equal(1_000, secrets.Select(secret => secret.Text).Distinct().Count());
        Assert.All(secrets, secret => Assert.Matches(@"\Acsk_[A-Za-z0-9_-]{43}\z", secret.Text));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret.Text, $"{secret}", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.Equal(secret.Hash, KeySecret.HashOf(secret.Text)));
    }

    [Theory]
    [InlineData("ci", true)]
    [InlineData("team-7.eu", true)]
    [InlineData("7", true)]
    [InlineData("", false)]
    [InlineData("-ci", false)]
    [InlineData("CI", false)]
    [InlineData("ci ", false)]
    [InlineData("ci\n", false)]
    [InlineData("jwt:ada", false)]
    [InlineData("csk_secret", false)]
    public void NamesAreShortAndPlain(string name, bool isName) => Assert.Equal(isName, KeyReader.IsName(name));
}
