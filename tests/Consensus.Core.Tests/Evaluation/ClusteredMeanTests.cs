using Consensus.Core.Evaluation;

namespace Consensus.Core.Tests.Evaluation;

public sealed class ClusteredMeanTests
{
    [Fact]
    public void WithOneValueInEachClusterItIsThePlainTInterval()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, standard deviation 2.13809, t(7) = 2.364624, 2.364624 * 2.13809 / sqrt(8) = 1.787488.
        var mean = ClusteredMean.Of(new double[] { 2, 4, 4, 4, 5, 5, 7, 9 }.Select(value => (value, 1)))!.Value;
        Assert.Equal((5, 8), (mean.Mean, mean.Count));
        Assert.Equal(5 - 1.787488, mean.Low!.Value, 5);
        Assert.Equal(5 + 1.787488, mean.High!.Value, 5);
    }

    [Fact]
    public void ValuesThatOnlyRepeatWithinTheirClusterMakeTheIntervalNoNarrower()
    {
        double[] values = [0.2, 0.9, 0.4, 0.6];
        var once = ClusteredMean.Of(values.Select(value => (value, 1)))!.Value;
        var tenTimes = ClusteredMean.Of(values.Select(value => (10 * value, 10)))!.Value;
        Assert.Equal(once.Mean, tenTimes.Mean, 12);
        Assert.Equal(once.Low!.Value, tenTimes.Low!.Value, 12);
        Assert.Equal(once.High!.Value, tenTimes.High!.Value, 12);
    }

    [Fact]
    public void WithoutValuesThereIsNoMeanAndWithOneClusterNoInterval()
    {
        Assert.Null(ClusteredMean.Of([]));
        Assert.Null(ClusteredMean.Of([(0, 0)]));
        Assert.Equal(new ClusteredMean(0.5, null, null, 2), ClusteredMean.Of([(1, 2), (0, 0)]));
    }
}
