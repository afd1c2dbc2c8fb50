using System.Diagnostics;
using System.Text;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Fuzz;

/// <summary>Whatever comes in, the answer is no fault of ours and comes in time. CONSENSUS_LONG=1 makes twenty times as many.</summary>
public sealed class FuzzTests(SharedApi shared, ITestOutputHelper output)
{
    private const int Seed = 20_261_123;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly int Times = Environment.GetEnvironmentVariable("CONSENSUS_LONG") == "1" ? 20 : 1;

    [Fact]
    public async Task MutatedRequestsNeverMeetAFaultOrAHang()
    {
        var mutator = new Mutator(Seed);
        await RunAsync("mutated requests", 800 * Times, () => mutator.Next());
    }

    [Fact]
    public async Task HostileModelOutputsNeverMeetAFaultOrAHang()
    {
        var texts = new HostileTexts(Seed);
        await RunAsync("hostile outputs", 150 * Times, () =>
            new HttpRequestMessage(HttpMethod.Post, "/v1/consensus/aggregate") { Content = new StringContent(texts.Request().ToJsonString(), Encoding.UTF8, "application/json") });
    }

    private async Task RunAsync(string what, int count, Func<HttpRequestMessage> next)
    {
        var statuses = new SortedDictionary<int, int>();
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            using var request = next();
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
            var started = Stopwatch.GetTimestamp();
            using var hung = new CancellationTokenSource(Patience);
            try
            {
                using var response = await shared.App.Http.SendAsync(request, hung.Token);
                var answer = await response.Content.ReadAsStringAsync(hung.Token);
                var status = (int)response.StatusCode;
                // A mutated deadline may pass on a busy machine: that is answered as documented.
                Assert.True(status is < 500 or 502 or 504 && !answer.Contains("internal_error", StringComparison.Ordinal), $"{what} {i}: {status} {answer}\nfor {request} {body}");
                if (status >= 400)
                {
                    await response.ProblemAsync();
                }

                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{what} {i} had no answer after {Patience}: {request} {body}");
            }

            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }

        output.WriteLine($"{count} {what}, seed {Seed}: {string.Join(", ", statuses.Select(s => $"{s.Value} × {s.Key}"))}; the slowest took {slowest.TotalMilliseconds:0} ms");
        Assert.True(statuses.ContainsKey(200), "None of them was valid: the mutations are too strong to reach the inside.");
    }
}
