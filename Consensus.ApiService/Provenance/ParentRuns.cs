using System.Text.Json;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Reading;
using Consensus.Contracts.Errors;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Provenance;

/// <summary>Looks whether the run that a request says it follows from is there.</summary>
internal sealed class ParentRuns(RunLog log)
{
    /// <summary>
    /// Adds a violation where a body names a parent that is not stored, or that its caller may not see: which of the two is not told. What is no id is for the
    /// reader of the body to refuse.
    /// </summary>
    /// <param name="body">The body, in this system's own words.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="violations">Receives what is wrong, beside all else that is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    public async Task CheckAsync(JsonElement body, Caller caller, Violations violations, CancellationToken cancellationToken)
    {
        if (Texts.Member(body, LabelsReader.ParentMember) is not { ValueKind: JsonValueKind.String } given
            || !Guid.TryParseExact(Texts.Read(given, LabelsReader.ParentMember, new Violations()), "D", out var parent))
        {
            return;
        }

        if (!log.IsEnabled)
        {
            violations.Add(
                LabelsReader.ParentMember, FieldCodes.UnknownRun,
                "Runs are not stored on this system (`RunLog:Enabled` is false), so there is none to refer to.",
                Allowed.Words("nothing: leave the member out"));
        }
        else if (await log.FindAsync(parent, caller.Owner, cancellationToken) is null)
        {
            AddUnknown(parent, violations);
        }
    }

    /// <summary>Says that there is no such run, or none that the caller may see.</summary>
    public static void AddUnknown(Guid parent, Violations violations) => violations.Add(
        LabelsReader.ParentMember, FieldCodes.UnknownRun, $"There is no run {parent:D} that could be referred to.",
        Allowed.Words("the id of a stored run; `GET /v1/runs` lists them"));
}
