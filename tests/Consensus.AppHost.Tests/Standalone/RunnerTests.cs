using System.Net;
using Consensus.AppHost.Networking;
using Consensus.AppHost.Standalone.Running;
using Consensus.Testing;

namespace Consensus.AppHost.Tests.Standalone;

/// <summary>Small systems of real processes: the model simulator is the lightest service there is.</summary>
public sealed class RunnerTests : IAsyncDisposable
{
    private readonly Lines _lines = new();
    private readonly DistributedApplicationBuilder _builder = new([]);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private Task<int> _running = Task.FromResult(0);

    [Fact]
    public async Task ServicesStartInTheOrderOfTheirDependencies()
    {
        var first = Add("first");
        Add("second").WaitFor(first);
        var running = Run();

        await _lines.AddressAsync("second");
        await _stop.CancelAsync();

        Assert.Equal(0, await running);
        var order = _lines.All.Where(line => !line.Contains('|', StringComparison.Ordinal)).ToArray();
        Assert.True(Index("first      http") < Index("second started"), string.Join('\n', order));

        int Index(string start) => Array.FindIndex(order, line => line.StartsWith(start, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AServiceThatDiesIsToldInOneLineAndTheRestKeepsRunning()
    {
        Add("victim");
        Add("other");
        var running = Run();
        await _lines.CaughtAsync("^Everything is up");

        Processes.Kill(await _lines.PidAsync("victim"));
        await _lines.CaughtAsync("^victim ended unexpectedly with exit code .*; the rest keeps running.$");

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(await _lines.AddressAsync("other"), "/health"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(_lines.All, line => line.Contains("unexpectedly", StringComparison.Ordinal));

        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task WhatWaitsForADeadServiceIsNotStartedAndSaysSo()
    {
        var missing = _builder.AddProject<NotBuilt>("missing", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");
        Add("waiting").WaitFor(missing);

        Assert.Equal(1, await Run());
        await _lines.CaughtAsync("^missing cannot start: .*not-built.dll is missing: build the solution first.$");
        await _lines.CaughtAsync("^waiting is not started: missing, for which it waits, is not running.$");
        await _lines.CaughtAsync("^No service is running any more.$");
    }

    [Fact]
    public async Task StoppingEndsEveryProcess()
    {
        Add("one");
        Add("two");
        var running = Run();
        await _lines.CaughtAsync("^Everything is up");

        await _stop.CancelAsync();
        Assert.Equal(0, await running);

        await Processes.GoneAsync(await _lines.PidAsync("one"));
        await Processes.GoneAsync(await _lines.PidAsync("two"));
        Assert.Equal("Stopped.", _lines.All[^1]);
        Assert.DoesNotContain(_lines.All, line => line.Contains("unexpectedly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoServicesAtOnePortAreRefusedBeforeAnythingStarts()
    {
        var port = FreePort.Choose();
        Add("one", port);
        Add("two", port);

        Assert.Equal(1, await Run());
        Assert.Equal([$"Port {port} is asked for by one and by two. Set Ports:Two to another port, or to 0 for any free one."], _lines.All);
    }

    [Fact]
    public void ServicesFindEachOtherByTheVariablesThatAspireSets()
    {
        var first = Add("first");
        var second = Add("second").WithReference(first).WithEnvironment("PLAIN", "text");
        Assert.Empty(PortAllocation.Allocate([first.Resource, second.Resource]));

        var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = "http://of-the-host" };
        ServiceEnvironment.Fill(variables, second.Resource, _builder.ExecutionContext);

        var address = $"http://127.0.0.1:{first.Resource.Http.AllocatedPort}";
        Assert.Equal(address, variables["services__first__http__0"]);
        Assert.Equal(address, variables["FIRST_HTTP"]);
        Assert.Equal("text", variables["PLAIN"]);
        Assert.Equal("second", variables["OTEL_SERVICE_NAME"]);
        Assert.Equal(second.Resource.Http.Url, variables["ASPNETCORE_URLS"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _hurry.Dispose();
        await _lines.DisposeAsync();
    }

    private IResourceBuilder<ProjectResource> Add(string name, int? port = null) =>
        _builder.AddProject<Projects.Consensus_ModelSimulator>(name, launchProfileName: null)
            .WithHttpEndpoint(port: port, name: "http")
            .WithHttpHealthCheck("/health");

    private Task<int> Run() => _running = new Runner(_builder, new ConsoleLog(_lines)).RunAsync(_stop.Token, _hurry.Token);

    private sealed class NotBuilt : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Repository.Root, "not-built", "not-built.csproj");

        public string AssemblyPath => Path.Combine(Repository.Root, "not-built", "not-built.dll");
    }
}
