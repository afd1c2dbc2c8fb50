using System.Diagnostics;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Fuzz;

/// <summary>Whatever models write, the answer is no fault of ours and it comes. CONSENSUS_LONG=1 makes twenty times as many.</summary>
public sealed class HostileOutputTests(SharedApi shared, ITestOutputHelper output)
{
    private const int Seed = 20_261_123;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly int Count = Environment.GetEnvironmentVariable("CONSENSUS_LONG") == "1" ? 3_000 : 150;

    [Fact]
    public async Task HostileModelOutputsNeverMeetAFaultOrAHang()
    {
        var texts = new HostileTexts(Seed);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < Count; i++)
        {
            var body = texts.Request().ToJsonString();
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var response = await shared.App.PostAsync("/v1/consensus/aggregate", body).WaitAsync(Patience, TestContext.Current.CancellationToken);
                Assert.True((int)response.StatusCode == 200, $"{i}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}\nfor {body}");
            }
            catch (TimeoutException)
            {
                Assert.Fail($"{i} had no answer after {Patience}: {body}");
            }

            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }

        output.WriteLine($"{Count} hostile outputs, seed {Seed}; the slowest took {slowest.TotalMilliseconds:0} ms");
    }
}
