using Consensus.ModelSimulator.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Consensus.ModelSimulator.Errors;

internal static class ErrorResponses
{
    public static async Task WriteErrorAsync(this HttpContext http, ApiError error)
    {
        http.Response.StatusCode = error.Status;
        await http.Response.WriteAsJsonAsync(error.Body, SimulatorJson.Default.ErrorBody, contentType: "application/json", http.RequestAborted);
    }

    /// <summary>Gives failures of the server itself, unknown routes included, the same shape as every other error.</summary>
    public static void UseErrorResponses(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http =>
            {
                var thrown = http.Features.Get<IExceptionHandlerFeature>()?.Error;
                return http.WriteErrorAsync(ApiError.OfStatus((thrown as BadHttpRequestException)?.StatusCode ?? 500));
            },
        });
        app.UseStatusCodePages(context => context.HttpContext.WriteErrorAsync(ApiError.OfStatus(context.HttpContext.Response.StatusCode)));
    }
}
