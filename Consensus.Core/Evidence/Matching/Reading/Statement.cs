namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>What a sentence, or a claim, says: its terms, and which of them it denies.</summary>
internal sealed class Statement
{
    private const int StemLength = 4;

    /// <summary>With more numbers than these a sentence is a table.</summary>
    public const int MostCompared = 64;

    /// <summary>Of the words that begin alike so many are compared.</summary>
    private const int MostAlike = 32;

    private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<double, List<int>>> _byNumber;
    private readonly Dictionary<string, List<int>> _byStem = new(StringComparer.Ordinal);

    public Statement(IReadOnlyList<Term> terms)
    {
        Terms = terms;
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Quantity is null)
            {
                Post(_byKey, terms[i].Key, i);
                if (terms[i].Form.Length >= StemLength)
                {
                    Post(_byStem, terms[i].Form[..StemLength], i);
                }
            }
        }

        Names = [.. Enumerable.Range(0, terms.Count).Where(i => terms[i].IsName || terms[i].MayBeName).Take(MostAlike)];
        _byNumber = new Lazy<Dictionary<double, List<int>>>(() =>
            Quantities!.GroupBy(place => terms[place].Quantity!.Plain).ToDictionary(static group => group.Key, static group => group.ToList()));
        Quantities = [.. Enumerable.Range(0, terms.Count).Where(i => terms[i].Quantity is not null)];
    }

    /// <summary>The terms in their order.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>The places of the terms that are quantities.</summary>
    public IReadOnlyList<int> Quantities { get; }

    /// <summary>The quantities that may bear one out: all, or of many those with the same number.</summary>
    public IEnumerable<int> QuantitiesLike(Quantity claimed) =>
        Quantities.Count <= MostCompared ? Quantities : _byNumber.Value.TryGetValue(claimed.Plain, out var places) ? places.Take(MostAlike) : [];

    /// <summary>The places of the first names, to compare with those of a claim.</summary>
    public IReadOnlyList<int> Names { get; }

    /// <summary>The terms of a key.</summary>
    public IReadOnlyList<int> Of(string key) => _byKey.TryGetValue(key, out var places) ? places : [];

    /// <summary>The terms whose words begin as a word does.</summary>
    public IReadOnlyList<int> Like(string form) => form.Length >= StemLength && _byStem.TryGetValue(form[..StemLength], out var places) ? places : [];

    /// <summary>This and what follows it, as one.</summary>
    public Statement Join(Statement next) => new([.. Terms, .. next.Terms.Select(static term => term with { Clause = term.Clause + 1000 })]);

    private static void Post(Dictionary<string, List<int>> places, string key, int place)
    {
        if (!places.TryGetValue(key, out var list))
        {
            places[key] = list = [];
        }

        if (list.Count < MostAlike)
        {
            list.Add(place);
        }
    }
}
