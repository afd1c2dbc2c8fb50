using BenchmarkDotNet.Running;
using Consensus.Benchmarks.Evidence;
using Consensus.Benchmarks.Judging;
using Consensus.Benchmarks.RunLogs;

if (args is ["judging", .. var options])
{
    return await new JudgingCommand().Parse(options).InvokeAsync();
}

if (args is ["evidence", .. var sizes])
{
    return await new EvidenceCommand().Parse(sizes).InvokeAsync();
}

if (args is ["ranking", .. var suites])
{
    return await new RankingCommand().Parse(suites).InvokeAsync();
}

if (args is ["vectors", .. var embedded])
{
    return await new VectorsCommand().Parse(embedded).InvokeAsync();
}

if (args is ["look-ups", .. var sizesOfLog])
{
    return await new LookUpsCommand().Parse(sizesOfLog).InvokeAsync();
}

if (args is ["writes", .. var sizesOfWriting])
{
    return await new WritesCommand().Parse(sizesOfWriting).InvokeAsync();
}

if (args is ["compression", .. var compressed])
{
    return await new CompressionCommand().Parse(compressed).InvokeAsync();
}

if (args is ["moves", .. var moved])
{
    return await new MovesCommand().Parse(moved).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
