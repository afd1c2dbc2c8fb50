namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>Tests that count what instruments of the whole process measure, and therefore run while no others do.</summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;
