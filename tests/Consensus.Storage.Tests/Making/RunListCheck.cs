using System.Data.Common;
using Dapper;

namespace Consensus.Storage.Tests.Making;

/// <summary>What stands in the lists of runs beside what has to.</summary>
internal static class RunListCheck
{
    private const string Columns = "kind, name, within, facet, created_at, run_id, run_seq";

    /// <summary>Fails when a run is missing in a list, or stands in one that it does not belong to.</summary>
    public static void AssertKept(DbConnection connection)
    {
        Assert.Empty(Difference("run_list_entries", "run_lists"));
        Assert.Empty(Difference("run_lists", "run_list_entries"));

        List<string> Difference(string these, string without) =>
            [.. connection.Query($"SELECT {Columns} FROM {these} EXCEPT SELECT {Columns} FROM {without}").Select(static row => ((object)row).ToString()!)];
    }
}
