using Consensus.Dashboard.Components;
using Consensus.Dashboard.Hosting;
using MudBlazor.Services;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = Assets.PublishedRoot() });

builder.AddServiceDefaults();
builder.AddOptionalRedis("redis");
builder.AddConsensusApi("dashboard");
builder.AddPageKeys();
builder.WebHost.UseStaticWebAssets();

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddMudServices();
builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(PromptSize.Allow);

var app = builder.Build();

app.UsePageHosts();
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UsePageSecurity();
app.UseAntiforgery();

app.MapDefaultEndpoints();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);

app.Run();
