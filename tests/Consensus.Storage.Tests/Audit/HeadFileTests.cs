using Consensus.Storage.Audit;

namespace Consensus.Storage.Tests.Audit;

public sealed class HeadFileTests
{
    [Fact]
    public void SeveralThatKeepHeadsInOneFileWriteWholeLinesEach()
    {
        var entries = Chain.Of(400);
        var folder = Directory.CreateTempSubdirectory("consensus-heads-");
        try
        {
            var path = Path.Combine(folder.FullName, "heads.jsonl");
            Parallel.ForEach(Chain.HeadsOf(entries, Enumerable.Range(1, entries.Count)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, head => new HeadFile(path).Append(head!));

            var kept = HeadFile.Read(path).ToList();
            Assert.Equal(Enumerable.Range(1, entries.Count), kept.Select(static head => (int)head!.Seq).Order());
            Assert.Null(Chain.Verify(entries, kept));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
