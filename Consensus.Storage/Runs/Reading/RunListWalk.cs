using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Dapper;

namespace Consensus.Storage.Runs.Reading;

/// <summary>One of the lists of runs (<c>run_lists</c>), and the facets of it that a filter asks for.</summary>
/// <param name="Kind">Whose list.</param>
/// <param name="Name">The model or the tag; empty for none.</param>
/// <param name="Within">The key, or beside a tag the model; empty for none.</param>
/// <param name="Facets">The facets that the list has and the filter asks for.</param>
internal sealed record RunListWalk(RunListKind Kind, string Name, string Within, IReadOnlyList<string> Facets)
{
    /// <summary>More facets than these are sorted rather than merged: the products take only so long a statement.</summary>
    private const int MergedFacets = 64;

    /// <summary>What no run has.</summary>
    private const string NoFacet = "";

    /// <summary>From facet to facet, each by one step down the primary key: there are few, however many runs.</summary>
    private const string FacetsOf =
        """
        WITH RECURSIVE f (facet) AS (
            SELECT min(l.facet) FROM run_lists l WHERE l.kind = @kind AND l.name = @name AND l.within = @within
            UNION ALL
            SELECT (SELECT min(l.facet) FROM run_lists l WHERE l.kind = @kind AND l.name = @name AND l.within = @within AND l.facet > f.facet)
            FROM f WHERE f.facet IS NOT NULL)
        SELECT facet FROM f WHERE facet IS NOT NULL
        """;

    /// <summary>How many facets the statement has room for: a power of two, so that there are few statements, which are all kept.</summary>
    private int Places => (int)BitOperations.RoundUpToPowerOf2((uint)Facets.Count);

    private string Among => $"IN ({string.Join(", ", Enumerable.Range(0, Places).Select(Parameter))})";

    /// <summary>Finds the facets of a list.</summary>
    public static RunListWalk Find(
        DbConnection connection, RunListKind kind, string? name, string? within, RunFilter filter, DbTransaction? snapshot)
    {
        var all = connection.Query<string>(FacetsOf, new { kind = (int)kind, name = name ?? "", within = within ?? "" }, snapshot);
        return new RunListWalk(kind, name ?? "", within ?? "", [.. all.Where(facet => RunFacet.Matches(facet, filter))]);
    }

    /// <summary>The rows of the list, newest first, that meet conditions on <c>l</c> too: each facet is walked in its order, and the walks are merged.</summary>
    /// <param name="conditions">The conditions, each after <c> AND </c>.</param>
    /// <param name="cutsEach">
    /// Whether each walk is cut off by itself: PostgreSQL, which takes every facet for a short one, would else read all of it and sort; SQLite merges them row by
    /// row.
    /// </param>
    public string Sql(string conditions, bool cutsEach)
    {
        var arms = Places <= MergedFacets ? Enumerable.Range(0, Places).Select(i => Arm("= " + Parameter(i), conditions)) : [Arm(Among, conditions)];
        if (cutsEach)
            arms = arms.Select(static arm => $"SELECT * FROM ({arm} ORDER BY l.created_at DESC, l.run_id DESC LIMIT @rows) cut");
        return string.Join("\nUNION ALL\n", arms) + "\nORDER BY 1 DESC, 2 DESC\nLIMIT @rows";
    }

    /// <summary>How many rows of the list meet conditions on <c>l</c>, counted up to a number.</summary>
    public long Count(DbConnection connection, string conditions, DynamicParameters parameters, long most, DbTransaction? snapshot)
    {
        var values = new DynamicParameters(parameters);
        AddTo(values);
        values.Add("most", most);
        return connection.QuerySingle<long>($"SELECT count(*) FROM ({Arm(Among, conditions)} LIMIT @most) counted", values, snapshot);
    }

    /// <summary>Adds what the statement refers to.</summary>
    public void AddTo(DynamicParameters parameters)
    {
        parameters.Add("kind", (int)Kind);
        parameters.Add("name", Name);
        parameters.Add("within", Within);
        for (var i = 0; i < Places; i++)
            parameters.Add(Parameter(i), i < Facets.Count ? Facets[i] : NoFacet);
    }

    private static string Arm(string facets, string conditions) =>
        "SELECT l.created_at, l.run_id, l.run_seq FROM run_lists l"
        + $" WHERE l.kind = @kind AND l.name = @name AND l.within = @within AND l.facet {facets}{conditions}";

    private static string Parameter(int i) => "@f" + i.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whose list it is, as <c>run_lists.kind</c> says.</summary>
internal enum RunListKind
{
    /// <summary>All runs.</summary>
    All = 0,

    /// <summary>A key's.</summary>
    Key = 1,

    /// <summary>A model's.</summary>
    Model = 2,

    /// <summary>A model's within a key.</summary>
    ModelWithinKey = 3,

    /// <summary>A tag's.</summary>
    Tag = 4,

    /// <summary>A tag's within a key.</summary>
    TagWithinKey = 5,

    /// <summary>Those that have a tag and asked a model.</summary>
    TagAndModel = 6,
}
