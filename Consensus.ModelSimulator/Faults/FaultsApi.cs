using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Models;

namespace Consensus.ModelSimulator.Faults;

/// <summary>Switches faults at run time, for callers that cannot send the header. The model <c>*</c> stands for all.</summary>
internal static class FaultsApi
{
    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/simulator/faults", ListAsync);
        routes.MapPut("/simulator/faults/{**model}", PutAsync);
        routes.MapDelete("/simulator/faults/{**model}", DeleteAsync);
    }

    private static Task ListAsync(HttpContext http, FaultBoard board) =>
        http.Response.WriteAsJsonAsync(new FaultListBody(board.SwitchedOn.ToDictionary(f => f.Key, f => FaultBody.Of(f.Value), StringComparer.Ordinal)), AdminJson.Default.FaultListBody);

    private static async Task PutAsync(HttpContext http, string? model, FaultBoard board, ModelRegistry models)
    {
        if (model is null || (model != FaultBoard.AllModels && models.Find(model) is null))
        {
            await http.WriteErrorAsync(ApiError.UnknownModel(model));
            return;
        }

        if (await http.ReadBodyAsync(AdminJson.Default.FaultBody) is not { } body)
        {
            return;
        }

        if (!FaultNames.TryParse(body.Fault, out var kind))
        {
            await http.WriteErrorAsync(ApiError.Invalid($"'fault' must be one of: {FaultNames.Allowed}.", "fault"));
            return;
        }

        if (body.Violations("").FirstOrDefault() is { } violation)
        {
            await http.WriteErrorAsync(ApiError.Invalid(violation));
            return;
        }

        var fault = new Fault(kind, body);
        board.SwitchOn(model, fault);
        await http.Response.WriteAsJsonAsync(FaultBody.Of(fault), AdminJson.Default.FaultBody);
    }

    private static Task DeleteAsync(HttpContext http, string? model, FaultBoard board)
    {
        if (model is null)
        {
            board.Clear();
        }
        else if (!board.SwitchOff(model))
        {
            return http.WriteErrorAsync(new(404, $"No fault is switched on for '{model}'.", "invalid_request_error", "model"));
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}

/// <summary>The body of <c>PUT /simulator/faults/{model}</c>: the fault's name with its options.</summary>
internal sealed record FaultBody : FaultOptions
{
    public string? Fault { get; set; }

    public FaultBody()
    {
    }

    private FaultBody(FaultOptions options)
        : base(options)
    {
    }

    public static FaultBody Of(Fault fault) => new(fault.Options) { Fault = fault.Kind.Name() };
}

/// <summary>The body of <c>GET /simulator/faults</c>: what is switched on, by model.</summary>
internal sealed record FaultListBody(IReadOnlyDictionary<string, FaultBody> Faults);
