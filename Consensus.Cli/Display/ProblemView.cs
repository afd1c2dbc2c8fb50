using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Spectre.Console;

namespace Consensus.Cli.Display;

/// <summary>A failure in words: what is wrong, every violation, what would be right.</summary>
internal static class ProblemView
{
    public static void Write(IAnsiConsole console, ProblemBody problem, Uri address)
    {
        if (problem.Code == ClientErrorCodes.Unreachable)
        {
            console.Write(new Text(
                $"No API answers at {address.GetLeftPart(UriPartial.Authority)} ({SafeText.Line(problem.Detail)}). Start the system with: dotnet run --project Consensus.AppHost",
                Styles.Bad));
            console.WriteLine();
            return;
        }

        console.Write(new Text($"{SafeText.Line(problem.Title)} ({SafeText.Line(problem.Code)}{(problem.Status > 0 ? $", {problem.Status}" : "")})", Styles.Bad));
        console.WriteLine();
        if (problem.Detail is { Length: > 0 } detail)
        {
            console.WriteLine(SafeText.Block(detail, 1_000));
        }

        foreach (var error in problem.Errors ?? [])
        {
            console.WriteLine($"  {SafeText.Line(error.Field)}: {SafeText.Line(error.Message, 400)} {Words.Allowed(error.Allowed)}".TrimEnd());
        }

        if (problem.Candidates is { Count: > 0 } candidates)
        {
            console.Write(ClusterView.NoVote(" ", candidates));
        }

        if (Trace(problem) is { Length: > 0 } trace)
        {
            console.Write(new Text(trace, Styles.Quiet));
            console.WriteLine();
        }
    }

    private static string Trace(ProblemBody problem) => string.Join(" · ", new[]
    {
        problem.RunId is { } run ? $"run {run}" : null,
        problem.RequestId is { } request ? $"request {SafeText.Line(request)}" : null,
        problem.Retryable ? "the same request may succeed later" : null,
    }.OfType<string>());
}
