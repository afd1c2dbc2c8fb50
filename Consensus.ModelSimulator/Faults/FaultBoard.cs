using System.Collections.Concurrent;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Faults;

/// <summary>Which fault hits a request: that of its header, else that switched on at run time for its model or for all, else those of the configuration.</summary>
internal sealed class FaultBoard
{
    /// <summary>Stands for every model.</summary>
    public const string AllModels = "*";

    /// <summary>So many different headers keep their counts; beyond that all counts start again.</summary>
    private const int MostHeaders = 1000;

    private readonly ConcurrentDictionary<string, Fault> switchedOn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fault> headers = new(StringComparer.Ordinal);

    /// <summary>The faults switched on at run time, by model.</summary>
    public IEnumerable<KeyValuePair<string, Fault>> SwitchedOn => switchedOn.OrderBy(f => f.Key, StringComparer.Ordinal);

    public void SwitchOn(string model, Fault fault) => switchedOn[model] = fault;

    public bool SwitchOff(string model) => switchedOn.TryRemove(model, out _);

    /// <summary>Switches every run-time fault off and forgets the attempts counted for headers.</summary>
    public void Clear()
    {
        switchedOn.Clear();
        headers.Clear();
    }

    /// <summary>The fault of this attempt, or <c>null</c>.</summary>
    /// <param name="header">The request's fault header, if it has one.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="prompt">The draw of the model and the prompt.</param>
    /// <param name="problem">What is wrong with the header.</param>
    public Fault? Choose(string? header, ModelProfile model, Draw prompt, out string? problem)
    {
        problem = null;
        if (!string.IsNullOrWhiteSpace(header))
        {
            return FromHeader(header, out problem) is { } asked && asked.Hits(prompt) ? asked : null;
        }

        if (switchedOn.TryGetValue(model.Id, out var own) || switchedOn.TryGetValue(AllModels, out own))
        {
            return own.Hits(prompt) ? own : null;
        }

        foreach (var configured in model.Faults)
        {
            if (configured.Hits(prompt))
            {
                return configured;
            }
        }

        return null;
    }

    private Fault? FromHeader(string header, out string? problem)
    {
        problem = null;
        if (headers.TryGetValue(header, out var known))
        {
            return known;
        }

        if (FaultHeader.Parse(header, out problem) is not { } parsed)
        {
            return null;
        }

        if (headers.Count >= MostHeaders)
        {
            headers.Clear();
        }

        return headers.GetOrAdd(header, parsed);
    }
}
