using Consensus.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
