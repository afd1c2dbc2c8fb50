using Consensus.Scoring.Workers;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddConsensusApi("worker");
builder.AddWorkerPresence();

var app = builder.Build();

app.MapDefaultEndpoints();

app.Run();
