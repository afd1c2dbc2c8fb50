namespace Consensus.ApiService.Tests.Versioning;

/// <summary>One thing in which a surface differs from another.</summary>
/// <param name="IsBreaking">A caller that kept to what was promised may fail.</param>
/// <param name="Where">The place, such as <c>GET /v1/runs query limit</c>.</param>
/// <param name="What">What happened there.</param>
internal sealed record Difference(bool IsBreaking, string Where, string What)
{
    public override string ToString() => $"{(IsBreaking ? "BREAKING" : "additive")} {Where}: {What}";
}

/// <summary>The differences found so far.</summary>
internal sealed class Differences
{
    private readonly List<Difference> _all = [];

    public IReadOnlyList<Difference> All => _all;

    public void Breaking(string where, string what) => Add(isBreaking: true, where, what);

    public void Additive(string where, string what) => Add(isBreaking: false, where, what);

    public void Add(bool isBreaking, string where, string what)
    {
        var found = new Difference(isBreaking, where, what);
        // A schema that many operations use is told once.
        if (!_all.Contains(found))
        {
            _all.Add(found);
        }
    }
}
