using Consensus.Scoring;

ScoringHost.Build(args).Run();
