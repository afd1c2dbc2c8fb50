using Consensus.Storage.Tests;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Evidence.Vectors;
using Consensus.Storage.Tests.LongTerm;
using Consensus.Storage.Tests.Moving;
using Consensus.Storage.Tests.Retention;
using Consensus.Storage.Tests.Runs;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

return args switch
{
    [WriterToKill.Command, var path] => await WriterToKill.RunAsync(path),
    [ArchiverToKill.Command, var argument] => await ArchiverToKill.RunAsync(argument),
    [ImporterToKill.Command, var argument] => await ImporterToKill.RunAsync(argument),
    [IngestToKill.Command, var path] => await IngestToKill.RunAsync(path),
    [EmbedToKill.Command, var path] => await EmbedToKill.RunAsync(path),
    [MoverToKill.Command, var argument] => MoverToKill.Run(argument),
    [PurgerToKill.Command, var path] => await PurgerToKill.RunAsync(path),
    _ when args.Any(arg => arg is "-automated" or "@@") => await ConsoleRunner.Run(args),
    _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};
