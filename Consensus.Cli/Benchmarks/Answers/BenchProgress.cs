using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Shows how far long work is, where somebody watches.</summary>
internal static class BenchProgress
{
    /// <summary>Runs work that tells of the questions it has done: their suite, how many of how many.</summary>
    public static async Task<T> ShowAsync<T>(Terminal terminal, bool shown, Func<Action<string, int, int>, Task<T>> work)
    {
        if (!shown || !terminal.IsWatched)
        {
            return await work(static (_, _, _) => { });
        }

        return await terminal.Out.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(progress =>
            {
                Dictionary<string, ProgressTask> bars = new(StringComparer.Ordinal);
                return work((suite, done, all) =>
                {
                    // Several threads tell of what they did, a later count perhaps before an earlier one.
                    lock (bars)
                    {
                        if (!bars.TryGetValue(suite, out var bar))
                        {
                            bars.Add(suite, bar = progress.AddTask(Markup.Escape(Display.SafeText.Line(suite, 60)), maxValue: all));
                        }

                        bar.Value = Math.Max(bar.Value, done);
                    }
                });
            });
    }
}
