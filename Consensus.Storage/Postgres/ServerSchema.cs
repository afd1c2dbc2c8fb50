namespace Consensus.Storage.Postgres;

/// <summary>What may be done to the schema of a run log on a server when it is opened.</summary>
internal enum ServerSchema
{
    /// <summary>What is missing is made, and an earlier schema is brought up to date: as the API does.</summary>
    Upgrade,

    /// <summary>A log that is not there is made; one of an earlier version is refused, for its API may be running.</summary>
    Make,

    /// <summary>Nothing: a log that is not there, or of an earlier version, is refused.</summary>
    Keep,
}
