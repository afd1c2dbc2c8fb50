using Consensus.Scoring.Api;
using Consensus.Scoring.Workers;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddApiClient();
builder.AddWorkerPresence();

var app = builder.Build();

app.MapDefaultEndpoints();

app.Run();
