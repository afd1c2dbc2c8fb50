using System.Threading.Channels;

namespace Consensus.SystemTests.Running;

/// <summary>What a process has printed, and a way to wait for a line that has not come yet.</summary>
internal sealed class OutputLines
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<Channel<string>> _readers = [];

    public string All
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public void Add(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                return;
            }

            _lines.Add(line);
            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(line);
            }
        }
    }

    /// <summary>The first line, past or to come, that the function turns into something.</summary>
    public async Task<T> FirstAsync<T>(Func<string, T?> pick, string what, TimeSpan within)
        where T : class
    {
        var channel = Channel.CreateUnbounded<string>();
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                channel.Writer.TryWrite(line);
            }

            _readers.Add(channel);
        }

        using var limit = new CancellationTokenSource(within);
        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(limit.Token))
            {
                if (pick(line) is { } found)
                {
                    return found;
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"No line with {what} within {within.TotalSeconds:0} s. Printed so far:\n{All}", e);
        }

        throw new InvalidOperationException("The channel never closes.");
    }
}
