using Consensus.ModelSimulator.Randomness;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Answering;

public class DeterminismTests
{
    [Theory]
    [InlineData("Paris", 0x76B716F3B472D25D)]
    [InlineData("", 0x141CFC9842C4B0E3)]
    [InlineData("ß 東京", 0x23A66BE5281BF972)]
    public void HashesAreThoseOfEveryProcess(string text, ulong hash) => Assert.Equal(hash, StableHash.Of(text));

    [Fact]
    public async Task AnotherServerGivesTheSameAnswers()
    {
        await using var one = await Simulator.StartAsync();
        await using var other = await Simulator.StartAsync();

        for (var i = 0; i < 10; i++)
        {
            var question = $"What is {i + 13} * {i + 27}?";
            Assert.Equal(await one.AskAsync("darwin", question, seed: i), await other.AskAsync("darwin", question, seed: i));
        }
    }

    [Fact]
    public async Task OtherSeedsDrawOtherAnswers()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Models:ada:Skill:Categories:arithmetic", "0.5"));

        var answers = new List<string>();
        for (var seed = 0; seed < 40; seed++)
        {
            answers.Add(await simulator.AskAsync("ada", "What is 17 * 23?", seed));
        }

        Assert.InRange(answers.Distinct().Count(), 2, 12);
    }

    [Fact]
    public async Task NoSeedIsTheSeedZero()
    {
        await using var simulator = await Simulator.StartAsync();

        Assert.Equal(await simulator.AskAsync("darwin", "What is 47 * 89?", seed: 0), await simulator.AskAsync("darwin", "What is 47 * 89?"));
    }
}
