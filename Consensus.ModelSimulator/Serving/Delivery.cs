namespace Consensus.ModelSimulator.Serving;

/// <summary>Sends the parts of a body: as they are, broken off halfway, or byte by byte.</summary>
internal sealed class Delivery(HttpContext http, TimeProvider time, CancellationToken stop)
{
    private const int TricklePauseMs = 100;

    /// <summary>Sends every part, with a pause after each but the last.</summary>
    public async Task SendAsync(IReadOnlyList<byte[]> parts, double pauseMs)
    {
        if (parts.Count == 1)
        {
            http.Response.ContentLength = parts[0].Length;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            await http.Response.Body.WriteAsync(parts[i], stop);
            if (pauseMs >= 1 && i < parts.Count - 1)
            {
                await http.Response.Body.FlushAsync(stop);
                await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), time, stop);
            }
        }
    }

    /// <summary>Sends the first half. Unless the end is to look complete, the whole length was announced, so that the server closes the connection short of it.</summary>
    public async Task TruncateAsync(IReadOnlyList<byte[]> parts, bool clean)
    {
        var whole = Whole(parts);
        http.Response.ContentLength = clean ? null : whole.Length;
        await http.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), stop);
        await http.Response.Body.FlushAsync(stop);
    }

    /// <summary>Sends byte by byte, until the bound for hanging requests breaks it off.</summary>
    public async Task TrickleAsync(IReadOnlyList<byte[]> parts, int? pauseMs)
    {
        var whole = Whole(parts);
        var pause = TimeSpan.FromMilliseconds(pauseMs ?? TricklePauseMs);
        for (var i = 0; i < whole.Length; i++)
        {
            await http.Response.Body.WriteAsync(whole.AsMemory(i, 1), stop);
            await http.Response.Body.FlushAsync(stop);
            await Task.Delay(pause, time, stop);
        }
    }

    private static byte[] Whole(IReadOnlyList<byte[]> parts) => [.. parts.SelectMany(part => part)];
}
