using System.Net;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.Keys;

/// <summary>How long secrets hold: until they are replaced, and until their keys expire.</summary>
public sealed class KeyLifeTests
{
    private static readonly NewKey Root = new("root", ["admin", "run", "read"]);

    [Fact]
    public async Task ARotatedSecretHoldsForItsGraceAndTheOneBeforeThatNoLonger()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await ApiApp.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var first = await Admin(app).CreateKeyAsync(Root);
        var second = await Rotated(first.Secret, 3_600);
        Assert.Equal(time.GetUtcNow().AddHours(1), second.Key.PreviousUntil);
        Assert.Equal("taken taken", await Taken(first, second));

        var third = await Rotated(second.Secret, 60);
        Assert.Equal("refused taken taken", await Taken(first, second, third));

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("refused refused taken", await Taken(first, second, third));

        var fourth = await Rotated(third.Secret, null);
        Assert.Equal("refused refused refused taken", await Taken(first, second, third, fourth));
        Assert.Null(fourth.Key.PreviousUntil);

        async Task<IssuedKey> Rotated(string secret, int? grace)
        {
            using var client = app.Client(secret);
            return await new ConsensusClient(client).RotateKeyAsync("root", new KeyRotation(grace));
        }

        async Task<string> Taken(params IssuedKey[] keys)
        {
            var taken = new List<string>();
            foreach (var key in keys)
            {
                using var client = app.Client(key.Secret);
                taken.Add((await client.GetAsync("/v1/models")).StatusCode == HttpStatusCode.OK ? "taken" : "refused");
            }

            return string.Join(' ', taken);
        }
    }

    [Fact]
    public async Task AKeyIsTakenUntilItExpiresAndItsRefusalTellsNoMoreThanThatOfAnUnknownOne()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await ApiApp.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(time));
        var root = await Admin(app).CreateKeyAsync(Root);
        using var rooted = app.Client(root.Secret);
        var api = new ConsensusClient(rooted);
        var brief = await api.CreateKeyAsync(new NewKey("brief", ["read"], time.GetUtcNow().AddMinutes(1)));
        var gone = await api.CreateKeyAsync(new NewKey("gone", ["read"]));
        await api.RevokeKeyAsync("gone");
        using var briefly = app.Client(brief.Secret);
        Assert.Equal(HttpStatusCode.OK, (await briefly.GetAsync("/v1/models")).StatusCode);

        time.Advance(TimeSpan.FromMinutes(1));

        var details = new List<string?>();
        foreach (var secret in (string[])[brief.Secret, gone.Secret, "csk_" + new string('A', 43)])
        {
            using var client = app.Client(secret);
            details.Add((await (await client.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized)).Detail);
        }

        Assert.Single(details.Distinct());
        Assert.Equal(KeyState.Expired, (await api.GetKeyAsync("brief")).State);
    }

    [Theory]
    [InlineData("""{"graceSeconds":-1}""", "graceSeconds out_of_range")]
    [InlineData("""{"graceSeconds":604801}""", "graceSeconds out_of_range")]
    [InlineData("""{"grace":1}""", "grace unknown_member")]
    public async Task ARotationIsChecked(string body, string violation)
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Auth:Anonymous"] = "" });
        Assert.Equal([violation], await (await app.PostAsync("/v1/keys/root/rotate", body)).ViolationsAsync());
    }

    private static ConsensusClient Admin(ApiApp app) => new(app.Http);
}
