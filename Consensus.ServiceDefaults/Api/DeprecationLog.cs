using System.Collections.Concurrent;
using Consensus.Contracts.Client;
using Microsoft.Extensions.Logging;

namespace Consensus.ServiceDefaults.Api;

/// <summary>Tells the log of a service once in its life that what it calls of the API is deprecated; clients come and go.</summary>
internal sealed partial class DeprecationLog(ILogger<DeprecationLog> logger)
{
    private readonly ConcurrentDictionary<DeprecationNotice, bool> _told = new();

    public void Note(DeprecationNotice notice)
    {
        if (_told.TryAdd(notice, true))
        {
            LogDeprecated(notice.Since, notice.Sunset, notice.Link);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What this service calls of the API is deprecated as of {Since:u} and may be gone from {Sunset:u}: {Link}")]
    private partial void LogDeprecated(DateTimeOffset since, DateTimeOffset? sunset, Uri? link);
}
