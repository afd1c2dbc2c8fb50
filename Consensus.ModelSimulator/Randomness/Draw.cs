namespace Consensus.ModelSimulator.Randomness;

/// <summary>What a random number is for. The numbers are part of every answer: never renumber.</summary>
internal enum Purpose : ulong
{
    Difficulty = 1,
    Habit = 2,
    Luck = 3,
    SharedMistake = 4,
    CommonMistake = 5,
    OwnMistake = 6,
    Wording = 7,
    Latency = 8,
    Fault = 9,
    Confidence = 10,
    JudgeNoise = 11,
    PositionBias = 12,
}

/// <summary>A random draw that is a pure function of its key: the same key gives the same number in every process.</summary>
internal readonly record struct Draw(ulong Key)
{
    /// <summary>Another draw, independent of this one.</summary>
    public Draw For(Purpose purpose) => new(StableHash.Join(Key, (ulong)purpose));

    /// <summary>Another draw, independent of this one.</summary>
    public Draw With(ulong key) => new(StableHash.Join(Key, key));

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform => (StableHash.Join(Key, 0) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Box and Muller (1958).</summary>
    public double Normal
    {
        get
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform));
            var angle = 2 * Math.PI * With(1).Uniform;
            return radius * Math.Cos(angle);
        }
    }

    /// <summary>A whole number from 0 up to but without <paramref name="count"/>.</summary>
    public int Index(int count) => (int)(Uniform * count);
}
