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

    private static Dictionary<string, string?> Environment(params string[] args)
    {
        var builder = new DistributedApplicationBuilder(args);
        var api = builder.AddProject<Projects.Consensus_ApiService>("api", launchProfileName: null).WithHttpEndpoint().WithProviders(builder);
        Assert.Empty(PortAllocation.Allocate([api.Resource]));
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        ServiceEnvironment.Fill(variables, api.Resource, builder.ExecutionContext);
        return variables;
    }
}
