using Consensus.Testing;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Questions;

public class SuiteTests(ITestOutputHelper output)
{
    // Of grade-school stories the script understands few. What matters is that it does not answer the others: a panel of such models would agree on what is wrong.
    [Fact]
    public void WhatIsAnsweredOfUnknownStoriesIsRight()
    {
        var items = SuiteFolder.Read("gsm8k-mid9");
        var (answered, right) = (0, 0);
        foreach (var item in items)
        {
            if (Conversations.Understand(item.Question) is not { } problem)
            {
                continue;
            }

            answered++;
            if (problem.Right.Text == item.Gold)
            {
                right++;
            }
            else
            {
                output.WriteLine($"{problem.Right.Text} for {item.Gold}, {problem.Working}: {item.Question}");
            }
        }

        output.WriteLine($"{answered} of {items.Count} answered, {right} right.");
        Assert.True(right >= 0.9 * answered, $"{right} of {answered} answers are right.");
    }
}
