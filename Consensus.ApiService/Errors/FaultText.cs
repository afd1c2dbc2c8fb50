using System.Diagnostics;

namespace Consensus.ApiService.Errors;

/// <summary>An unforeseen exception for the log: the types and the stack, never the message, which may quote a prompt or an answer.</summary>
internal static class FaultText
{
    public static string Of(Exception fault)
    {
        var types = new List<string>();
        for (var at = fault; at is not null; at = at.InnerException)
        {
            types.Add(at.GetType().FullName!);
        }

        return $"{string.Join(" of ", types)} at {new StackTrace(fault.GetBaseException())}{(fault.InnerException is null ? "" : new StackTrace(fault))}";
    }
}
