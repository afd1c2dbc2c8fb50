using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Runs;
using Consensus.Storage.Databases;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;
using Dapper;

namespace Consensus.Storage.Tests;

public sealed class MigrationTests
{
    [Fact]
    public void ScriptsThatHaveShippedAreUnchangedAndNewOnesAreListed()
    {
        var listed = Repository.Read("Consensus.Storage/Migrations/shipped.sha256").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var actual = Migrations.Scripts.Select(script =>
            $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Sql.ReplaceLineEndings("\n"))))}  {script.Name}");

        // A difference in an old line: the script was edited; write a new one instead. A missing line: add it (cd Migrations && sha256sum *.sql > shipped.sha256).
        Assert.Equal(listed, actual);
    }

    [Fact]
    public void ScriptsAreNumberedWithoutGaps() => Assert.Equal(
        Enumerable.Range(1, Migrations.Scripts.Count),
        Migrations.Scripts.Select(script => int.Parse(script.Name[..4], CultureInfo.InvariantCulture)));

    [Fact]
    public async Task AMigratedFileIsOpenedAsItIs()
    {
        await using var log = new TemporaryLog();
        await log.SaveAsync(Make.Run());
        await log.ReopenAsync();
        await log.SaveAsync(Make.Run());

        using var connection = log.Connect();
        Assert.Equal(Migrations.Scripts.Select(script => script.Name), connection.Query<string>("SELECT ScriptName FROM schema_versions"));
    }

    [Fact]
    public async Task AFileOfALaterVersionIsRefused()
    {
        await using var log = new TemporaryLog();
        await log.SaveAsync(Make.Run());
        using (var connection = log.Connect())
            await connection.ExecuteAsync("INSERT INTO schema_versions (ScriptName, Applied) VALUES ('9999_from_the_future.sql', '2030-01-01')");
        await log.ReopenAsync();

        var refusal = await Assert.ThrowsAsync<RunLogUnavailableException>(() => log.SaveAsync(Make.Run()));

        Assert.Contains("9999_from_the_future.sql", (refusal.InnerException ?? refusal).Message, StringComparison.Ordinal);
    }
}
