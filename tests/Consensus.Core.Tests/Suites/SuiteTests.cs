using Consensus.Testing;

namespace Consensus.Core.Tests.Suites;

public class SuiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("gsm8k-mid9", .905)]
    [InlineData("gsm8k-frontier5", .963)]
    [InlineData("crux7", .855)]
    [InlineData("mmlu-pro-diverse9", .653)]
    [InlineData("mmlu-pro-mid7", .517)]
    public void AVoteOverTheExtractedAnswersIsAsAccurateAsTheSuiteAllows(string suite, double required)
    {
        var items = SuiteFolder.Read(suite);
        var declared = SuiteAccuracy.Of(items, auto: false);
        var detected = SuiteAccuracy.Of(items, auto: true);

        output.WriteLine($"{suite}: majority {declared.Accuracy:F4}, with kind auto {detected.Accuracy:F4}");
        foreach (var (model, share) in declared.Unanswered)
            output.WriteLine($"  {model}: {share:P1} without an extracted answer, with kind auto {detected.Unanswered[model]:P1}");
        Assert.True(declared.Accuracy >= required, $"{declared.Accuracy:F4} is below {required}.");
        Assert.True(detected.Accuracy >= declared.Accuracy - .005, $"With kind auto {detected.Accuracy:F4}, with the declared kind {declared.Accuracy:F4}.");
    }
}
