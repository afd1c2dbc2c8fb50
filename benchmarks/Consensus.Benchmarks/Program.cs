using BenchmarkDotNet.Running;
using Consensus.Benchmarks.Judging;

if (args is ["judging", .. var options])
{
    return await new JudgingCommand().Parse(options).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
