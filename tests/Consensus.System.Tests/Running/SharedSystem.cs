namespace Consensus.SystemTests.Running;

/// <summary>One running system for all tests that leave it as they found it.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    internal const string AdminKey = "the-administrator-of-the-shared-system";

    internal RunningSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await RunningSystem.StartAsync(folder: null, $"--Parameters:admin-key={AdminKey}");

    public ValueTask DisposeAsync() => System?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Tests of this collection share a system and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSystemGroup : ICollectionFixture<SharedSystem>
{
    public const string Name = "shared system";
}
