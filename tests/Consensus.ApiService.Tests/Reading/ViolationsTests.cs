using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.Reading;

public sealed class ViolationsTests(SharedApi shared)
{
    [Theory]
    [MemberData(nameof(ViolationCases.All), MemberType = typeof(ViolationCases))]
    public async Task EachFaultIsNamedByFieldAndCode(string route, string request, string violation)
    {
        using var response = await SendAsync(shared.App, route, request);
        Assert.Equal([violation], await response.ViolationsAsync());
    }

    [Fact]
    public void EveryFieldCodeHasACase()
    {
        // Prices: every model of the shared service has one, so that case has a service of its own below. What another protocol has and nobody does here has its cases there.
        var covered = ViolationCases.Rows.Select(r => r.Violation.Split(' ')[^1]).Append(FieldCodes.PriceUnknown.Code).Append(FieldCodes.NotSupported.Code).ToHashSet();
        Assert.Equal(FieldCodes.All.Select(c => c.Code).Order(), covered.Order());
    }

    [Fact]
    public async Task EveryFaultOfARequestIsReportedAtOnce()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", """
            {"promt":"x","models":["sim/ada","sim/nobody","sim/ada"],"panel":"nope","samplesPerModel":0,"strategy":"best","quorum":2,"minResponses":0,
             "answer":{"kind":"choice","choices":["a"],"tolerance":-1},"deadlineMs":1,"maxCostUsd":-1,"earlyStop":"x","temperature":9,"maxOutputTokens":0,
             "seed":0.5,"judge":"beauty","include":["x"],"tags":["a\u0001"],"metadata":{"":"v"},"category":7}
            """);
        Assert.Equal(
            [
                "answer.choices too_few", "answer.tolerance contradiction", "answer.tolerance out_of_range", "category invalid_type", "deadlineMs out_of_range",
                "earlyStop invalid_value", "include[0] invalid_value", "judge invalid_value", "maxCostUsd out_of_range", "maxOutputTokens out_of_range",
                "metadata[\"\"] required", "minResponses out_of_range", "models[1] unknown_model", "models[2] duplicate", "panel contradiction", "panel unknown_panel",
                "prompt required", "promt unknown_member", "quorum out_of_range", "samplesPerModel out_of_range", "seed invalid_type", "strategy unknown_strategy",
                "tags[0] control_characters", "temperature out_of_range",
            ],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task MessagesNameTheValueAndWhatIsAllowed()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", """{"prompt":"x","earlyStop":"soon","temperature":9}""");
        var errors = (await response.ProblemAsync(ErrorCatalog.ValidationFailed)).Errors!;
        var earlyStop = errors.Single(e => e.Field == "earlyStop");
        Assert.Contains("soon", earlyStop.Message, StringComparison.Ordinal);
        Assert.Equal("""["off","certain","adaptive"]""", earlyStop.Allowed!.Value.GetRawText());
        var temperature = errors.Single(e => e.Field == "temperature");
        Assert.Contains("9", temperature.Message, StringComparison.Ordinal);
        Assert.Equal("0 to 2", temperature.Allowed!.Value.GetString());
    }

    [Fact]
    public async Task ACostCapNeedsAPriceForEveryModel()
    {
        var settings = shared.Settings;
        settings["Providers:far:kind"] = "openai";
        settings["Providers:far:endpoint"] = shared.Simulator.BaseAddress + "v1";
        settings["Providers:far:key"] = "none";
        settings["Providers:far:models:0:name"] = "unpriced";
        await using var app = await ApiApp.StartAsync(settings);
        using var response = await app.PostAsync("/v1/consensus", """{"prompt":"x","models":["far/unpriced"],"maxCostUsd":1}""");
        Assert.Equal(["maxCostUsd price_unknown"], await response.ViolationsAsync());
    }

    [Fact]
    public async Task AHostileNumberOfViolationsIsCountedButNotListed()
    {
        var request = new JsonObject { ["prompt"] = "x" };
        for (var i = 0; i < 500; i++)
        {
            request[$"unknown{i}"] = 1;
        }

        using var response = await shared.App.PostAsync("/v1/consensus", request);
        var problem = await response.ProblemAsync(ErrorCatalog.ValidationFailed);
        Assert.Equal(100, problem.Errors!.Count);
        Assert.Contains("500", problem.Detail, StringComparison.Ordinal);
    }

    internal static Task<HttpResponseMessage> SendAsync(ApiApp app, string route, string request)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        return method == "POST" ? app.PostAsync(path, request)
            : method == "PUT" ? app.Http.PutAsync(path, new StringContent(request, System.Text.Encoding.UTF8, "application/json"))
            : app.Http.GetAsync($"{path}?{request}");
    }
}
