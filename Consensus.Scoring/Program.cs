using Consensus.Scoring;
using Microsoft.Extensions.Options;

try
{
    await ScoringHost.Build(args).RunAsync();
    return 0;
}
catch (Exception refused) when (refused is OptionsValidationException or IOException)
{
    // What the one who starts it can mend: settings, or an address in use. The message says which.
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
