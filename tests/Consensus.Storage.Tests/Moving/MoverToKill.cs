using Consensus.Storage.Moving;

namespace Consensus.Storage.Tests.Moving;

/// <summary>The program that a test kills: it moves a log, telling each transaction on standard output.</summary>
internal static class MoverToKill
{
    public const string Command = "move-until-killed";

    /// <summary>What tells the places in the one argument that there is.</summary>
    private const char Between = '|';

    public static string Argument(string folder, string database, int runsAtOnce) => string.Join(Between, folder, database, runsAtOnce);

    public static int Run(string argument)
    {
        var parts = argument.Split(Between);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var move = StorageMove.Open(MovePlace.InFolder(parts[0]), MovePlace.OnServer(parts[1]), TimeProvider.System, int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
        var receipt = move.Run(mayMove: true, progress => output.WriteLine($"{progress.Step} {progress.Table} {progress.Done}"), CancellationToken.None);
        output.WriteLine($"done, sealed for {receipt.SealedSeconds} s, {receipt.Mended} mended meanwhile");
        return 0;
    }
}
