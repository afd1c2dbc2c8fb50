using Consensus.Storage.Evidence;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;

namespace Consensus.Cli.Storage;

/// <summary>Where a run log is: in a folder, or in a database of PostgreSQL.</summary>
/// <param name="Folder">The storage folder, as given; <c>null</c> for a database.</param>
/// <param name="ConnectionString">The database; <c>null</c> for a folder.</param>
internal sealed record DatabasePlace(string? Folder, string? ConnectionString)
{
    /// <summary>The environment's name of the API's setting <c>ConnectionStrings:runs</c>.</summary>
    public const string Variable = "ConnectionStrings__" + RunLogRegistration.ConnectionName;

    /// <summary>Before the name of a variable that holds a connection string, so that no password stands on a command line.</summary>
    public const string FromEnvironment = "env:";

    /// <summary>Reads a folder, a connection string, or <c>env:NAME</c>. What looks like a connection string is a folder only where there is one of that name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="fault">What is wrong with it, as the end of a sentence; <c>null</c> when nothing is.</param>
    /// <returns>The place; <c>null</c> when something is wrong.</returns>
    public static DatabasePlace? Read(string text, Func<string, string?> environment, out string? fault)
    {
        if (!text.StartsWith(FromEnvironment, StringComparison.Ordinal) && (!text.Contains('=', StringComparison.Ordinal) || Directory.Exists(text)))
        {
            fault = string.IsNullOrWhiteSpace(text) ? "is empty." : null;
            return fault is null ? new DatabasePlace(text, ConnectionString: null) : null;
        }

        return ReadServer(text, environment, out fault);
    }

    /// <summary>Reads a connection string, or <c>env:NAME</c>.</summary>
    /// <inheritdoc cref="Read"/>
    public static DatabasePlace? ReadServer(string text, Func<string, string?> environment, out string? fault)
    {
        var connectionString = text;
        if (text.StartsWith(FromEnvironment, StringComparison.Ordinal))
        {
            var name = text[FromEnvironment.Length..];
            connectionString = environment(name);
            if (string.IsNullOrWhiteSpace(connectionString))
            {
                fault = $"names the variable '{name}', which the environment does not have.";
                return null;
            }
        }

        fault = RunLogRegistration.FaultOf(connectionString);
        return fault is null ? new DatabasePlace(Folder: null, connectionString) : null;
    }

    /// <summary>Opens the evidence store of the place; <c>null</c> for a folder that has none and is to have none made.</summary>
    /// <param name="mayMake">Whether one that is not there is made.</param>
    public EvidenceStore? OpenEvidence(bool mayMake) =>
        (ConnectionString is { } server ? MovePlace.OnServer(server) : MovePlace.InFolder(Folder!)).OpenEvidence(mayMake);
}
