using System.IO.Pipelines;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Tests.FanOut;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.Runs;

public sealed class EventStreamTests
{
    [Fact]
    public async Task AQuietStreamSendsACommentInEveryIntervalAndGoesOn()
    {
        var time = new FakeTimeProvider();
        var pipe = new Pipe();
        var http = new DefaultHttpContext { Response = { Body = pipe.Writer.AsStream() } };
        var events = new RunEventLog();
        using var lines = new StreamReader(pipe.Reader.AsStream());
        var sending = new EventStream(http.Response, time).SendAsync(events, 0, TestContext.Current.CancellationToken);

        events.Append(new EventFrame("run", "{}"u8.ToArray()));
        Assert.Equal(["id: 1", "event: run", "data: {}", ""], await LinesAsync(4));
        Assert.Equal([": still going", ""], await LinesAsync(2));
        Assert.Equal([": still going", ""], await LinesAsync(2));
        Assert.True(time.GetUtcNow() - time.Start >= 2 * EventStream.Quiet);
        events.Append(new EventFrame("done", "{}"u8.ToArray()));
        events.End();

        await Ending.OfAsync(AsResult(sending));
        await pipe.Writer.CompleteAsync();
        Assert.EndsWith("id: 2\nevent: done\ndata: {}\n\n", await lines.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        async Task<string?[]> LinesAsync(int count)
        {
            var read = new string?[count];
            for (var i = 0; i < count; i++)
            {
                read[i] = await Ending.OfAsync(lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask(), time);
            }

            return read;
        }
    }

    private static async Task<bool> AsResult(Task task)
    {
        await task;
        return true;
    }
}
