using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Cli.Tests.Auditing;

public sealed class VerifyAuditTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-verify-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ASoundTrailIsSoundAndACutOneIsNamedWithItsFirstMissingEntry()
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync("keys", "create", "team-a", "--scope", "read", "--storage", _folder.FullName));
        Assert.Equal(0, await terminal.RunAsync("keys", "revoke", "team-a", "--storage", _folder.FullName));

        var sound = await VerifyAsync(0);
        Assert.Equal((true, 3L), (sound.Sound, sound.Entries));
        Assert.True(sound.Heads > 0);

        Intrude("DELETE FROM audit_log WHERE seq = 3");
        var cut = await VerifyAsync(1);
        Assert.Equal((AuditFault.CutTail, 3L), (cut.Finding!.Fault, cut.Finding.Seq));

        var shown = new CapturedTerminal();
        Assert.Equal(1, await shown.RunAsync("verify-audit", "--storage", _folder.FullName));
        Assert.Contains("NOT SOUND (cut_tail)", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeVerifiedIsNotToldAsBroken()
    {
        var missing = new CapturedTerminal();
        Assert.Equal(2, await missing.RunAsync("verify-audit", "--storage", _folder.FullName));
        Assert.Contains("There is no run log", missing.Error, StringComparison.Ordinal);
        Assert.Equal(2, await missing.RunAsync("verify-audit", "--wrong"));

        await using var running = await RunLog.OpenAsync(
            Path.Combine(_folder.FullName, RunLogRegistration.FileName), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        var refused = new CapturedTerminal();
        Assert.Equal(2, await refused.RunAsync("verify-audit", "--storage", _folder.FullName));
        Assert.Contains("the API runs", refused.Error, StringComparison.Ordinal);
    }

    private async Task<AuditReport> VerifyAsync(int exitCode)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(exitCode, await terminal.RunAsync("verify-audit", "--storage", _folder.FullName, "--json", "-"));
        return JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.AuditReport)!;
    }

    private void Intrude(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(_folder.FullName, RunLogRegistration.FileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TRIGGER audit_log_no_delete; " + sql;
        command.ExecuteNonQuery();
    }
}
