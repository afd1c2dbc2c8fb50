namespace Consensus.ApiService.Runs.Live;

/// <summary>The events of one run in order, kept so that any number of readers may begin at any of them. Safe for concurrent use.</summary>
/// <param name="prefix">Before the numbers in ids: numbers of different tellings of one run must not be taken for each other.</param>
/// <param name="mostBytes">What may be kept; beyond it, clusters that later ones have replaced are let go.</param>
internal sealed class RunEventLog(string prefix = "", long mostBytes = 8_388_608)
{
    private readonly Lock gate = new();
    private readonly List<NumberedFrame> frames = [];
    private TaskCompletionSource changed = Changed();
    private int last;
    private bool ended;

    /// <summary>What the events take, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds an event.</summary>
    /// <param name="frame">The event.</param>
    /// <param name="number">Its number, greater than those before; <c>null</c>: the next.</param>
    public void Append(EventFrame frame, int? number = null)
    {
        lock (gate)
        {
            if (ended)
            {
                return;
            }

            last = number ?? (last + 1);
            frames.Add(new NumberedFrame(last, prefix, frame));
            Bytes += frame.Data.Length;
            LetGo();
            Ring();
        }
    }

    /// <summary>Says that no more events come.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            Ring();
        }
    }

    /// <summary>The events after a number.</summary>
    /// <param name="number">The number of the last one that the reader knows; 0 for all.</param>
    /// <param name="more">Completes when there is more to read; <c>null</c> when there never will be.</param>
    public IReadOnlyList<NumberedFrame> After(int number, out Task? more)
    {
        lock (gate)
        {
            var first = frames.FindLastIndex(f => f.Number <= number) + 1;
            more = ended ? null : changed.Task;
            return frames[first..];
        }
    }

    private void LetGo()
    {
        for (var i = 0; Bytes > mostBytes && i < frames.Count - 1; i++)
        {
            if (frames[i].Frame.Event == Contracts.Runs.RunEventNames.Cluster
                && frames.FindIndex(i + 1, f => f.Frame.Event == Contracts.Runs.RunEventNames.Cluster) >= 0)
            {
                Bytes -= frames[i].Frame.Data.Length;
                frames.RemoveAt(i--);
            }
        }
    }

    private void Ring()
    {
        var before = changed;
        changed = Changed();
        before.TrySetResult();
    }

    private static TaskCompletionSource Changed() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An event with its number.</summary>
internal readonly record struct NumberedFrame(int Number, string Prefix, EventFrame Frame)
{
    /// <summary>As it stands in the stream.</summary>
    public string Id => $"{Prefix}{Number}";
}
