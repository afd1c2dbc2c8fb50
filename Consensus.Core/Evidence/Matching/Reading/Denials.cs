using System.Runtime.InteropServices;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>Which terms of the clause that is being read are denied or hedged: what follows the word that does it, or all where nothing follows.</summary>
internal sealed class Denials
{
    private readonly List<int> _denials = [];
    private readonly List<int> _hedges = [];
    private int _start;
    private bool _isInConcord;

    /// <summary>Something denies before the next term.</summary>
    /// <param name="at">How many terms have been read.</param>
    /// <param name="isConcord">Of several such in a clause only one counts.</param>
    public void Deny(int at, bool isConcord)
    {
        if (!isConcord || (_denials.Count == 0 && !_isInConcord))
        {
            _denials.Add(at);
        }

        _isInConcord |= isConcord;
    }

    /// <summary>Something makes what follows less than a fact.</summary>
    public void Hedge(int at) => _hedges.Add(at);

    /// <summary>The clause ends: marks its terms.</summary>
    /// <param name="terms">The terms read so far.</param>
    /// <param name="carries">Whether a denial that nothing follows is about the next clause ("did not, however, open").</param>
    public void EndClause(List<Term> terms, bool carries)
    {
        var span = CollectionsMarshal.AsSpan(terms);
        var pending = _denials.Count(at => at == terms.Count);
        var isCarried = carries && pending > 0;
        var count = isCarried ? 0 : pending;
        var hedged = _hedges.Count > 0 ? _hedges[0] : int.MaxValue;
        for (int i = _start, next = 0; i < terms.Count; i++)
        {
            for (; next < _denials.Count && _denials[next] <= i; next++)
            {
                count++;
            }

            span[i] = span[i] with { IsDenied = count % 2 == 1, IsInDenial = !isCarried && _denials.Count % 2 == 1, IsHedged = i >= hedged };
        }

        _denials.Clear();
        _hedges.Clear();
        (_start, _isInConcord) = (terms.Count, false);
        if (isCarried)
        {
            _denials.Add(terms.Count);
        }
    }
}
