using System.Net;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Storage.Moving;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Moving;

/// <summary>A service whose run log is moved away under it.</summary>
public sealed class MovedLogTests
{
    private static readonly AggregateRequest Answers = new() { Answers = [new AggregateAnswer { Model = "a", Text = "391" }, new AggregateAnswer { Model = "b", Text = "391" }] };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItReadsOnRefusesWhatHasToBeStoredAndSaysWhyAndTheNewPlaceGoesOn()
    {
        var database = TestPostgres.NewDatabase();
        await using var app = await ApiApp.StartAsync();
        var folder = app.Services.GetRequiredService<IConfiguration>()["Storage:Folder"]!;
        var run = await new ConsensusClient(app.Http).AggregateAsync(Answers, Token);

        using (var move = StorageMove.Open(MovePlace.InFolder(folder), MovePlace.OnServer(database), TimeProvider.System))
        {
            move.Run(mayMove: false, told: null, Token);
            await using var early = await StartThereAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await early.Http.GetAsync("/ready", Token)).StatusCode);
            Assert.True(move.Run(mayMove: true, told: null, Token).Switched);
        }

        using var refused = await app.PostAsync("/v1/consensus/aggregate", """{"answers":[{"model":"a","text":"391"},{"model":"b","text":"391"}]}""");
        Assert.Contains("run_log_unavailable", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(run.RunId, (await new ConsensusClient(app.Http).GetRunAsync(run.RunId, Token)).RunId);
        using var ready = await app.Http.GetAsync("/ready", Token);
        Assert.Contains("has moved", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, line => line.Contains(MovePlace.OnServer(database).Name, StringComparison.Ordinal));

        await using var there = await StartThereAsync();
        Assert.Equal(run.RunId, (await new ConsensusClient(there.Http).GetRunAsync(run.RunId, Token)).RunId);
        Assert.NotEqual(run.RunId, (await new ConsensusClient(there.Http).AggregateAsync(Answers, Token)).RunId);

        Task<ApiApp> StartThereAsync() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings:runs"] = database, ["Audit:Key"] = File.ReadAllText(Path.Combine(folder, "audit.key")),
        });
    }
}
