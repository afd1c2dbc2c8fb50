using Consensus.Testing;

namespace Consensus.Cli.Tests.Asking;

/// <summary>The command as its user starts it.</summary>
public sealed class AskProcessTests : CannedApiTests
{
    [Fact]
    public async Task The_verdict_is_written_in_utf8_and_the_exit_code_is_set()
    {
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", CannedRuns.Started());
            await events.SendAsync("verdict", CannedRuns.Json(CannedRuns.Undecided() with { Clusters = [CannedRuns.Cluster(0, "東京", 0), CannedRuns.Cluster(1, "مكة", 1)] }));
            await events.SendAsync("done", "{}");
        });
        using var process = CliProcess.Start("ask", "Where?", "--url", Api.Address.ToString());

        var output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);

        Assert.Equal(ExitCodes.NoAnswer, process.ExitCode);
        Assert.Contains("東京", output);
        Assert.Contains("مكة", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task A_signal_ends_the_run_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill command to send the signal with.");
        var asked = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            events.CallerGone.Register(gone.SetResult);
            await events.SendAsync("run", CannedRuns.Started());
            asked.SetResult();
            await gone.Task;
        });
        using var process = CliProcess.Start("ask", "Where?", "--url", Api.Address.ToString());
        await asked.Task.WaitAsync(Cancelled);
        await process.StandardOutput.ReadLineAsync(Cancelled);

        await CliProcess.StopAsync(process);
        await gone.Task.WaitAsync(Cancelled);

        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        Assert.Contains("Stopped; the run is cancelled.", await process.StandardError.ReadToEndAsync(Cancelled));
    }
}
