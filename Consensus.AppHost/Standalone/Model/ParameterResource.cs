using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside or generated.</summary>
public sealed class ParameterResource : Resource
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> value, bool secret, ParameterDefault? @default = null)
        : base(name)
    {
        _value = new Lazy<string>(value);
        Secret = secret;
        Default = @default;
    }

    /// <summary>Whether nobody is to read it.</summary>
    public bool Secret { get; }

    /// <summary>Where the value comes from when it is not given.</summary>
    public ParameterDefault? Default { get; }

    internal string Value => _value.Value;

    internal Reference Reference => new(() => Value, $"{{{Name}.value}}", Entry);

    internal ManifestEntry Entry => new(Name, Write);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", "parameter.v0");
        json.WriteString("value", $"{{{Name}.inputs.value}}");
        json.WriteStartObject("inputs");
        json.WriteStartObject("value");
        json.WriteString("type", "string");
        if (Secret)
        {
            json.WriteBoolean("secret", true);
        }

        if (Default is not null)
        {
            json.WriteStartObject("default");
            Default.WriteToManifest(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>Where a parameter's value comes from when it is not given.</summary>
public abstract class ParameterDefault
{
    /// <summary>Makes a value.</summary>
    public abstract string GetDefaultValue();

    internal abstract void WriteToManifest(Utf8JsonWriter json);
}

/// <summary>A random text.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>The number of its characters.</summary>
    public int MinLength { get; set; }

    /// <summary>Whether it may hold other characters than letters and digits.</summary>
    public bool Special { get; set; } = true;

    /// <inheritdoc />
    public override string GetDefaultValue() => RandomNumberGenerator.GetString(Special ? Letters + SpecialCharacters : Letters, MinLength);

    internal override void WriteToManifest(Utf8JsonWriter json)
    {
        json.WriteStartObject("generate");
        json.WriteNumber("minLength", MinLength);
        if (!Special)
        {
            json.WriteBoolean("special", false);
        }

        json.WriteEndObject();
    }
}
