using System.Text.Json;
using Consensus.ApiService.Documents;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Policies;
using Consensus.Storage.Documents;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Policies;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Gates;

/// <summary>Puts policies in force. Where neither the store nor the file has one, everything passes.</summary>
internal sealed partial class PolicyRegister(
    PolicyHolder holder, [FromKeyedServices(PolicyServices.FileSetting)] DocumentFile file, RunLog log, ILogger<PolicyRegister> logger)
    : DocumentRegister<VersionedPolicy>(file, PolicyServices.FileSetting, log)
{
    protected override string CurrentVersion => holder.Current.Version;

    protected override DocumentReading<VersionedPolicy> Read(string text) => PolicyReader.Read(text);

    protected override DocumentReading<VersionedPolicy> Read(JsonElement json) => PolicyReader.Read(json);

    protected override string VersionOf(VersionedPolicy state) => state.Version;

    protected override Task StoreAsync(VersionedPolicy state, string source, string? keyId) => Log.PutPolicyAsync(state, source, keyId, CancellationToken.None);

    protected override void Record(string source, DocumentResult result) => PolicyMetrics.Record(source, result);

    /// <summary>A stored policy that cannot be read ends the start: what it would have stopped must not pass.</summary>
    protected override async Task LoadAsync(FileLook? look, bool isStart)
    {
        StoredDocuments? stored;
        try
        {
            stored = Log.IsEnabled ? await Log.FindPoliciesAsync(CancellationToken.None) : null;
        }
        catch (RunLogUnavailableException) when (isStart)
        {
            if (look is { } only && ReadFile(only, refuseStart: true) is { } unstored)
            {
                Swap(unstored, DocumentSource.File);
            }

            throw;
        }

        FileVersion = stored?.File is { } text ? Read(text).State?.Version : null;
        if (look is { } seen && ReadFile(seen, refuseStart: isStart && stored?.Newest is null) is { } ofFile)
        {
            var isNew = ofFile.Version != FileVersion;
            await TakeAsync(ofFile, seen);
            if (isNew)
            {
                return;
            }
        }

        if (stored?.Newest is { } newest)
        {
            Swap(ReadStored(newest), newest.Source);
        }
    }

    protected override async Task<(VersionedPolicy State, string Source)?> FindStoredAsync(string exceptVersion) =>
        (await Log.FindPoliciesAsync(CancellationToken.None))?.Newest is { } newest && newest.Version != exceptVersion ? (ReadStored(newest), newest.Source) : null;

    protected override bool Swap(VersionedPolicy state, string source)
    {
        if (CurrentVersion == state.Version)
        {
            return false;
        }

        holder.Current = new PolicyInForce(state);
        LogInForce(state.Version, source);
        return true;
    }

    private static VersionedPolicy ReadStored(StoredDocument stored)
    {
        var reading = PolicyReader.ReadStored(stored.Version, stored.Document);
        return reading.State ?? throw new StartRefusedException(
            $"The stored policy {stored.Version} is of another version of this program and cannot be kept: {DocumentFile.Reasons(reading.Errors, reading.Count)}");
    }

    [LoggerMessage(LogLevel.Information, "The policy {Version} is in force, by {Source}")]
    private partial void LogInForce(string version, string source);
}
