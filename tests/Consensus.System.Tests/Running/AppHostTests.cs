namespace Consensus.SystemTests.Running;

public class AppHostTests
{
    private static readonly string[] Children = ["api", "models", "scoring", "dashboard"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StopSignalEndsEveryChild(bool interrupt)
    {
        await using var system = await RunningSystem.StartAsync();
        var children = new List<int>();
        foreach (var child in Children)
        {
            children.Add(await system.ProcessIdAsync(child));
        }

        if (interrupt)
        {
            system.Host.SendInterrupt();
        }
        else
        {
            system.Host.SendTerminate();
        }

        Assert.Equal(0, await system.Host.ExitAsync(TimeSpan.FromMinutes(1)));
        Assert.DoesNotContain(children, RunningProcess.IsAlive);
    }
}
