using System.Collections.Concurrent;

namespace Consensus.Contracts.Client;

/// <summary>What the API says of its own end.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>Whatever stands at the address, its notices do not fill the memory.</summary>
    private const int MostNotices = 100;

    private readonly Action<DeprecationNotice>? _deprecated;
    private readonly ConcurrentDictionary<DeprecationNotice, bool> _told = new();

    private void Tell(HttpResponseMessage response)
    {
        if (_deprecated is not null && _told.Count < MostNotices && DeprecationNotice.In(response.Headers) is { } notice && _told.TryAdd(notice, true))
        {
            _deprecated(notice);
        }
    }
}
