using System.Net;
using System.Net.Sockets;
using Consensus.AppHost.Standalone.Running;
using Consensus.Testing;

namespace Consensus.AppHost.Tests.Standalone;

/// <summary>The real AppHost, from outside.</summary>
public sealed class AppHostTests
{
    [Fact]
    public async Task ATakenPortIsOneLineThatNamesPortSettingAndOwnerAndNothingStarts()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var host = new HostProcess($"--Ports:Dashboard={port}");

        Assert.Equal(1, await host.ExitCodeAsync());
        var owner = OperatingSystem.IsLinux() ? $@"\S.* \(pid {Environment.ProcessId}\)" : "another process";
        await host.Lines.CaughtAsync($"^Port {port}, where dashboard is to listen, is taken by {owner}. Set Ports:Dashboard to another port, or to 0 for any free one.$");
        Assert.DoesNotContain(host.Lines.All, line => line.Contains("started (pid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASettingThatIsNoPortIsOneLine()
    {
        using var host = new HostProcess("--Ports:Api=many");
        Assert.Equal(1, await host.ExitCodeAsync());
        await host.Lines.CaughtAsync("^Ports:Api is 'many': a port from 1 to 65535 is needed, or 0 for any free one.$");
        Assert.DoesNotContain(host.Lines.All, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SigtermStopsEveryService()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var host = new HostProcess();
        await host.Lines.AddressAsync("api");
        var models = await host.Lines.PidAsync("models");
        var api = await host.Lines.PidAsync("api");
        var scoring = await host.Lines.PidAsync("scoring");

        if (!OperatingSystem.IsWindows())
        {
            Unix.Terminate(host.Id);
        }

        Assert.Equal(0, await host.ExitCodeAsync());
        Assert.All([models, api, scoring], pid => Assert.False(Processes.Lives(pid)));
        Assert.Contains("Stopped.", host.Lines.All);
    }

    [Fact]
    public async Task NoServiceOutlivesAHostThatIsKilled()
    {
        using var host = new HostProcess();
        await host.Lines.AddressAsync("models");
        var models = await host.Lines.PidAsync("models");
        var api = await host.Lines.PidAsync("api");

        host.Kill();

        await Processes.GoneAsync(models);
        await Processes.GoneAsync(api);
    }

    [Fact]
    public async Task ARuntimeThatAnswersIsNotUsedAndRedisIsGarnetAllTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The runtime of this test is a shell script.");
        var bin = Directory.CreateTempSubdirectory("consensus-docker-");
        try
        {
            var docker = Path.Combine(bin.FullName, "docker");
            await File.WriteAllTextAsync(docker, "#!/bin/sh\nexit 0\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            using var host = new HostProcess([], path: bin.FullName);
            await host.Lines.CaughtAsync("^The standalone mode starts no containers: Redis is Garnet, in this process.$");
            var address = await host.Lines.AddressAsync("api");

            using var http = new HttpClient();
            await Eventually.HoldsAsync(
                async () => (await http.GetStringAsync(new Uri(address, "/ready"), TestContext.Current.CancellationToken)).StartsWith("{\"status\":\"healthy\"", StringComparison.Ordinal),
                "the API finds Redis");
        }
        finally
        {
            bin.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task AConfiguredRedisIsUsedInsteadOfOneOfItsOwn()
    {
        using var host = new HostProcess("--ConnectionStrings:redis=127.0.0.1:1,password=secret");
        var address = await host.Lines.AddressAsync("api");

        using var http = new HttpClient();
        var ready = await http.GetStringAsync(new Uri(address, "/ready"), TestContext.Current.CancellationToken);

        Assert.Contains("\"degraded\"", ready, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Lines.All, line => line.Contains("Garnet", StringComparison.Ordinal) || line.Contains("secret", StringComparison.Ordinal));
    }
}
