using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Consensus.SystemTests.Fuzz;

/// <summary>Whatever comes in, the answer is no fault of ours, it comes, and nothing of it stays in memory. CONSENSUS_LONG=1 sends ten times as many.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;
    private const int AtOnce = 4;

    /// <summary>What is alive may grow by this between the middle and the end: what is kept of ended runs and of sessions of tools for a while.</summary>
    private const double MostGrowthMegabytes = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Half of them come before memory is looked at for the first time: it takes about 10,000 until what is kept for a while is what it stays at.</summary>
    private static readonly int Count = Environment.GetEnvironmentVariable("CONSENSUS_LONG") == "1" ? 100_000 : 20_000;

    private readonly ConcurrentDictionary<(string Operation, int Status), int> _answers = new();
    private readonly ConcurrentQueue<string> _wrong = new();

    [Fact]
    public async Task MutatedRequestsMeetNoFaultNoHangAndLeaveNothingInMemory()
    {
        await using var api = await FuzzedApi.StartAsync();
        var operations = await api.OperationsAsync();
        var mutator = new RequestMutator(operations, await api.FillAsync(operations), Seed);
        var gauge = new HeapGauge(api.Http, api.Process.Id);
        var started = Stopwatch.GetTimestamp();

        await SendAsync(api.Http, mutator, Count / 2);
        var middle = await gauge.LiveMegabytesAsync();
        await SendAsync(api.Http, mutator, Count - (Count / 2));
        var end = await gauge.LiveMegabytesAsync();

        Report(operations, Stopwatch.GetElapsedTime(started), middle, end);
        foreach (var line in api.Process.Lines.All.Split('\n').Where(l => l.StartsWith("fail:", StringComparison.Ordinal) || l.StartsWith("crit:", StringComparison.Ordinal)))
        {
            _wrong.Enqueue($"the service logged {line}");
        }

        Assert.True(_wrong.IsEmpty, $"{_wrong.Count} are wrong, such as\n{string.Join("\n\n", _wrong.Reverse().Take(10))}");
        Assert.False(api.Process.HasExited, "the service has ended");
        Assert.True(end - middle < MostGrowthMegabytes, $"{middle:0.0} MB were alive in the middle and {end:0.0} MB at the end");
        var reached = operations.Count(operation => _answers.Any(a => a.Key.Operation == operation.ToString() && a.Key.Status is >= 200 and < 300));
        Assert.True(reached > operations.Count * 3 / 4, $"Only {reached} of {operations.Count} operations ever succeeded: the mutations are too strong to reach the inside.");
    }

    private Task SendAsync(HttpClient http, RequestMutator mutator, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count).Select(_ => mutator.Next()),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
        async (next, _) =>
        {
            var (operation, request) = next;
            using (request)
            {
                var told = await ToldAsync(request);
                using var hung = new CancellationTokenSource(Patience);
                try
                {
                    using var response = await http.SendAsync(request, hung.Token);
                    var body = await response.Content.ReadAsStringAsync(hung.Token);
                    _answers.AddOrUpdate((operation.ToString(), (int)response.StatusCode), 1, static (_, n) => n + 1);
                    if (Answer.Complaint(request, response, body) is { } complaint)
                    {
                        _wrong.Enqueue($"{complaint}\n{(int)response.StatusCode} {body}\nfor {told}");
                    }
                }
                catch (OperationCanceledException)
                {
                    _wrong.Enqueue($"no answer after {Patience}\nfor {told}");
                }
                catch (HttpRequestException fault)
                {
                    _wrong.Enqueue($"{fault.Message} {fault.InnerException?.Message}\nfor {told}");
                }
            }
        });

    private static async Task<string> ToldAsync(HttpRequestMessage request) => $"{request} {(request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync()))}";

    private void Report(List<Operation> operations, TimeSpan took, double middle, double end)
    {
        var statuses = _answers.GroupBy(a => a.Key.Status).OrderBy(g => g.Key).Select(g => $"{g.Sum(a => a.Value)} × {g.Key}");
        output.WriteLine($"{Count} mutated requests over {operations.Count} operations, seed {Seed}, in {took.TotalSeconds:0} s: {string.Join(", ", statuses)}; alive {middle:0.0} MB in the middle, {end:0.0} MB at the end");
        foreach (var operation in operations)
        {
            var of = _answers.Where(a => a.Key.Operation == operation.ToString()).OrderBy(a => a.Key.Status).Select(a => $"{a.Value} × {a.Key.Status}");
            output.WriteLine($"{operation}: {string.Join(", ", of)}");
        }
    }
}
