using Consensus.AppHost.Services;
using Consensus.AppHost.Standalone.Running;

namespace Consensus.AppHost.Tests.Standalone;

public sealed class ProvidersTests
{
    [Fact]
    public void KeysOfWellKnownVariablesAndOfTheConfigurationReachTheApi()
    {
        var variables = Environment("--OPENAI_API_KEY=from-variable", "--Providers:my_vllm:Key=of-mine", "--Providers:my_vllm:Endpoint=http://vllm");

        Assert.Equal("from-variable", variables["Providers__openai__Key"]);
        Assert.Equal("of-mine", variables["Providers__my_vllm__Key"]);
        Assert.Equal("http://vllm", variables["Providers__my_vllm__Endpoint"]);
    }

    [Fact]
    public void TheConfiguredKeyWinsOverTheWellKnownVariable() =>
        Assert.Equal("configured", Environment("--ANTHROPIC_API_KEY=variable", "--Providers:anthropic:Key=configured")["Providers__anthropic__Key"]);

    [Fact]
    public void AKeyThatIsNotSetLeavesNoTrace() =>
        Assert.DoesNotContain(Environment("--OPENAI_API_KEY=", "--Providers:anthropic:Key="), variable => variable.Key.StartsWith("Providers__", StringComparison.Ordinal));

    [Fact]
    public void EveryServiceThatCallsModelsGetsTheSame()
    {
        var builder = new DistributedApplicationBuilder(["--Providers:openai:Key=one"]);
        var providers = Providers.Of(builder);
        var api = Environment(builder, builder.AddProject<Projects.Consensus_ApiService>("api", launchProfileName: null).WithHttpEndpoint().WithProviders(providers));
        var scoring = Environment(builder, builder.AddProject<Projects.Consensus_Scoring>("scoring", launchProfileName: null).WithHttpEndpoint().WithProviders(providers));
        Assert.Equal(("one", "one"), (api["Providers__openai__Key"], scoring["Providers__openai__Key"]));
    }

    private static Dictionary<string, string?> Environment(params string[] args)
    {
        var builder = new DistributedApplicationBuilder(args);
        return Environment(builder, builder.AddProject<Projects.Consensus_ApiService>("api", launchProfileName: null).WithHttpEndpoint().WithProviders(Providers.Of(builder)));
    }

    private static Dictionary<string, string?> Environment(DistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> service)
    {
        Assert.Empty(PortAllocation.Allocate([service.Resource]));
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        ServiceEnvironment.Fill(variables, service.Resource, builder.ExecutionContext);
        return variables;
    }
}
