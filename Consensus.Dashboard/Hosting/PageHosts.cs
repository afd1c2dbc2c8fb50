using Consensus.ServiceDefaults.Http;
using Microsoft.AspNetCore.Connections;

namespace Consensus.Dashboard.Hosting;

/// <summary>The names by which the pages can be reached.</summary>
internal static class PageHosts
{
    /// <summary>
    /// The pages ask the API with the dashboard's key and have no sign-in. So where only this machine can connect, a request must name this machine:
    /// another site that rebinds its name to 127.0.0.1 gets nothing. A configured <c>AllowedHosts</c> holds instead.
    /// </summary>
    public static void UsePageHosts(this WebApplication app)
    {
        if (!string.IsNullOrEmpty(app.Configuration["AllowedHosts"]))
        {
            return;
        }

        var loopbackOnly = new Lazy<bool>(() => app.Urls.All(url => LoopbackName.Is(BindingAddress.Parse(url).Host)));
        app.Use((context, next) =>
        {
            if (!loopbackOnly.Value || LoopbackName.Is(context.Request.Host.Host))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("This dashboard serves this machine only: open it as http://localhost. (AllowedHosts lets other names in.)", context.RequestAborted);
        });
    }
}
