using System.Globalization;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Moving;
using Spectre.Console;

namespace Consensus.Cli.Moving;

/// <summary>Shows how far a migration is: a bar for each table of a step where somebody watches, else a line for each step.</summary>
internal static class MoveProgressView
{
    /// <summary>Does the work and shows what it tells.</summary>
    public static async Task<MoveReceipt> ShowAsync(Terminal terminal, Func<Action<MoveProgress>, MoveReceipt> work)
    {
        if (!terminal.IsWatched)
        {
            var last = "";
            return work(progress =>
            {
                if (progress.Step != last)
                {
                    terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last = progress.Step}: {progress.Total:N0} rows of runs"));
                }
            });
        }

        return await terminal.Out.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(shown =>
            {
                Dictionary<string, ProgressTask> bars = new(StringComparer.Ordinal);
                return Task.FromResult(work(progress =>
                {
                    var name = $"{progress.Step}: {progress.Table}";
                    if (!bars.TryGetValue(name, out var bar))
                    {
                        bars.Add(name, bar = shown.AddTask(Markup.Escape(name)));
                    }

                    bar.MaxValue = Math.Max(progress.Total, progress.Done);
                    bar.Value = progress.Done;
                }));
            });
    }
}
