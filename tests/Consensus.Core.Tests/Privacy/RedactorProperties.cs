using System.Globalization;
using System.Numerics;
using Consensus.Core.Privacy;
using Consensus.Core.Tests.Answers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Privacy;

/// <summary>A secret of some kind, made from a seed.</summary>
public sealed record SeededSecret(string Value)
{
    public override string ToString() => Value;
}

public static class SeededSecrets
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static Arbitrary<SeededSecret> All() => Gen.OneOf(Mail, Card, Iban, Phone, Address4, Address6, Key, Jwt, Assigned).Select(static value => new SeededSecret(value)).ToArbitrary();

    private static Gen<string> Mail => from user in Letters(3, 12) from host in Letters(3, 12) from top in Gen.Elements("com", "org", "de", "co.uk") select $"{user}@{host}.{top}";

    private static Gen<string> Card => from digits in Digits(15) from gap in Gen.Elements("", " ", "-") select Grouped("4" + digits[1..] + LuhnDigit("4" + digits[1..]), gap);

    private static Gen<string> Iban => from account in Digits(18) from gap in Gen.Elements("", " ") select Grouped($"DE{CheckDigits("DE", account):00}{account}", gap);

    private static Gen<string> Phone => from country in Gen.Choose(1, 99) from area in Gen.Choose(10, 999) from number in Gen.Choose(100_000, 9_999_999) from gap in Gen.Elements("", " ", "-") select $"+{country}{gap}{area}{gap}{number}";

    private static Gen<string> Address4 => Gen.Choose(0, 255).ArrayOf(4).Select(static parts => string.Join('.', parts));

    private static Gen<string> Address6 => Gen.Choose(0, 65_535).ArrayOf(8).Select(static parts => string.Join(':', parts.Select(static part => part.ToString("x4"))));

    private static Gen<string> Key => from prefix in Gen.Elements("csk_", "sk-", "ghp_", "AKIA", "xoxb-", "glpat-", "hf_") from rest in Token(36) select $"{prefix}A1{(prefix == "AKIA" ? rest.ToUpperInvariant() : rest)}";

    private static Gen<string> Jwt => from head in Token(20) from body in Token(40) from sign in Token(40) select $"eyJ{head}.{body}.{sign}";

    private static Gen<string> Assigned => from name in Gen.Elements("api_key=", "\"password\": \"", "token: ", "client_secret='") from value in Token(20) select $"{name}a1{value}";

    private static Gen<string> Letters(int least, int most) => from length in Gen.Choose(least, most) from letters in Gen.Elements("abcdefghijklmnopqrstuvwxyz".ToCharArray()).ArrayOf(length) select new string(letters);

    private static Gen<string> Digits(int count) => Gen.Elements("0123456789".ToCharArray()).ArrayOf(count).Select(static digits => new string(digits));

    private static Gen<string> Token(int count) => Gen.Elements(Alphanumeric.ToCharArray()).ArrayOf(count).Select(static letters => new string(letters));

    private static string Grouped(string text, string gap) => string.Join(gap, text.Chunk(4).Select(static chunk => new string(chunk)));

    private static int LuhnDigit(string digits)
    {
        var sum = digits.Reverse().Select(static (c, i) => i % 2 == 0 ? (c - '0') * 2 : c - '0').Sum(static value => value > 9 ? value - 9 : value);
        return (10 - (sum % 10)) % 10;
    }

    private static int CheckDigits(string country, string account) =>
        98 - (int)(BigInteger.Parse(account + string.Concat(country.Select(static c => c - 'A' + 10)) + "00") % 97);
}

[Properties(Arbitrary = [typeof(SeededSecrets), typeof(ModelTexts)], MaxTest = 1_000)]
public class RedactorProperties
{
    [Property]
    public void ASecretNeverSurvivesWhateverStandsAroundIt(SeededSecret secret, ModelText before, ModelText after)
    {
        var redacted = Redactor.Redact($"{before.Value} {secret.Value} {after.Value}");
        var value = secret.Value[(secret.Value.LastIndexOfAny(['=', '"', '\'']) + 1)..];
        Assert.DoesNotContain(value, redacted, StringComparison.Ordinal);
    }

    [Property]
    public void RedactingTwiceChangesNothingMore(SeededSecret secret, ModelText before, ModelText after)
    {
        var once = Redactor.Redact($"{before.Value} {secret.Value}, {after.Value}");
        Assert.Equal(once, Redactor.Redact(once));
    }

    [Property]
    public void ArithmeticIsLeftAlone(int left, int right)
    {
        var sum = $"{left} * {right} = {(long)left * right}, and {left} + {right} = {(long)left + right}; in {1900 + (right & 127)} it cost ${left & 0xFFFF}.50";
        Assert.Equal(sum, Redactor.Redact(sum));
    }

    /// <summary>A whole number may well be a card's; one with a fraction or an exponent never is.</summary>
    [Property]
    public void ANumberThatWasMeasuredIsNeverChanged(int seed)
    {
        var random = new Random(seed);
        double[] measured =
        [
            random.NextDouble(), random.NextDouble() * Math.Pow(10, random.Next(-20, 16)), -random.NextDouble(), random.NextInt64(1L << 50) + 0.5,
            BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        ];
        foreach (var number in measured.Where(static number => double.IsFinite(number) && !(double.IsInteger(number) && Math.Abs(number) < 1e15)))
        {
            var text = number.ToString("R", CultureInfo.InvariantCulture);
            Assert.Equal(text, Redactor.Redact(text));
        }
    }

    [Property]
    public void AnyTextIsRedactedWithoutFault(ModelText text) => Assert.NotNull(Redactor.Redact(text.Value));
}
