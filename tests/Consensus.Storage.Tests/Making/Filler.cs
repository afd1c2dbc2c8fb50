using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consensus.Storage.Tests.Making;

/// <summary>Decides the values of a built run; <c>path</c> names the member, such as <c>candidates[0].answer.text</c>.</summary>
internal abstract class Filler
{
    /// <summary>Whether a member that may be null is.</summary>
    public abstract bool Omits(string path);

    /// <summary>How many items a list or dictionary has.</summary>
    public abstract int Count(string path);

    public abstract string Text(string path);

    /// <summary>Any JSON, for the members that take any.</summary>
    protected abstract JsonNode? AnyJson(string path);

    protected abstract Random Random { get; }

    public JsonNode? Scalar(Type type, string path)
    {
        if (type == typeof(string))
            return Text(path);
        if (type == typeof(JsonElement))
            return AnyJson(path);
        if (type == typeof(bool))
            return Random.Next(2) == 0;
        if (type == typeof(int))
            return Random.Next(int.MinValue, int.MaxValue);
        if (type == typeof(long))
            return Random.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(double))
            return (Random.NextDouble() - 0.5) * Math.Pow(10, Random.Next(-12, 12));
        if (type == typeof(decimal))
            return new decimal(Random.Next(), Random.Next(100), 0, isNegative: false, (byte)Random.Next(0, 20));
        if (type == typeof(Guid))
            return Guid.CreateVersion7();
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(Random.NextInt64(DateTime.UnixEpoch.Ticks, new DateTime(2100, 1, 1).Ticks), TimeSpan.Zero);
        if (type.IsEnum)
            return JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(type)[Random.Next(Enum.GetNames(type).Length)]);
        throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"{path} is of type {type}, which no field has had so far."));
    }
}
