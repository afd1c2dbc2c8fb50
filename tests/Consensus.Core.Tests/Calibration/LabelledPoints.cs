using FsCheck;
using FsCheck.Fluent;

namespace Consensus.Core.Tests.Calibration;

/// <summary>Labelled raw confidences on a coarse grid, so that many are tied; some truths are shares of a tie.</summary>
public sealed record LabelledPoints(double[] X, double[] Y, double[] Weights)
{
    public override string ToString() => $"x [{string.Join(' ', X)}] y [{string.Join(' ', Y)}] w [{string.Join(' ', Weights)}]";

    public LabelledPoints Reordered(int[] order) => new([.. order.Select(i => X[i])], [.. order.Select(i => Y[i])], [.. order.Select(i => Weights[i])]);
}

public static class LabelledSets
{
    public static Arbitrary<LabelledPoints> All() => (
        from count in Gen.Choose(1, 60)
        from x in Gen.Choose(0, 20).ArrayOf(count)
        from y in Gen.Elements(0, 1, 0, 1, 0.5, 1.0 / 3).ArrayOf(count)
        from weights in Gen.Choose(1, 8).ArrayOf(count)
        select new LabelledPoints([.. x.Select(static v => v / 20.0)], y, [.. weights.Select(static v => v / 4.0)])).ToArbitrary();
}
