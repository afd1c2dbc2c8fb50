using BenchmarkDotNet.Running;
using Consensus.Benchmarks.Evidence;
using Consensus.Benchmarks.Judging;

if (args is ["judging", .. var options])
{
    return await new JudgingCommand().Parse(options).InvokeAsync();
}

if (args is ["evidence", .. var sizes])
{
    return await new EvidenceCommand().Parse(sizes).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
