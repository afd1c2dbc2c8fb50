namespace Consensus.ServiceDefaults.Tests;

/// <summary>
/// Tests of what is the whole process's, which therefore run while no others do: its variables, and its meters, of which listeners know the name alone, so that the end
/// of one service silences the same instrument of another.
/// </summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;
