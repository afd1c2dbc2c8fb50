using Consensus.Core.Privacy;

namespace Consensus.Core.Tests.Privacy;

public class RedactorTests
{
    [Theory]
    [InlineData("Write to john.doe+x@mail.example.co.uk today.", "Write to [email] today.")]
    [InlineData("<müller@beispiel.de>", "<[email]>")]
    [InlineData("Call +49 30 1234567 now", "Call [phone] now")]
    [InlineData("(555) 123-4567 or 555-123-4567 or 1-800-555-0199", "[phone] or [phone] or [phone]")]
    [InlineData("tel: 030 1234567", "tel: [phone]")]
    [InlineData("My phone number is 5551234567.", "My phone number is [phone].")]
    [InlineData("http://192.168.0.1:8080/x", "http://[ip]:8080/x")]
    [InlineData("at 2001:db8::1, ::1 and fe80::1ff:fe23:4567:890a", "at [ip], [ip] and [ip]")]
    [InlineData("[2001:0db8:85a3:0000:0000:8a2e:0370:7334]:443", "[[ip]]:443")]
    [InlineData("::ffff:192.168.0.1", "[ip]")]
    [InlineData("card 4111 1111 1111 1111.", "card [card].")]
    [InlineData("card 4111-1111-1111-1111, 378282246310005", "card [card], [card]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00, please", "IBAN [iban], please")]
    [InlineData("GB82WEST12345698765432", "[iban]")]
    [InlineData("key sk-abc123DEF456ghi789JKL", "key [secret]")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "[secret]")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "[secret]")]
    [InlineData("xoxb-123456789012-abcdefABCDEF", "[secret]")]
    [InlineData("Authorization: Bearer abc.def-123456", "Authorization: Bearer [secret]")]
    [InlineData("\"api_key\": \"x9f8a7s6\"", "\"api_key\": \"[secret]\"")]
    [InlineData("password=hunter2!; next", "password=[secret]; next")]
    [InlineData("https://h/p?token=a1b2c3d4e5&x=1", "https://h/p?token=[secret]&x=1")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U end", "[jwt] end")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nbye", "[secret]\nbye")]
    public void ReplacesWhatIsPersonalOrSecret(string text, string expected) => Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("17 * 23 = 391")]
    [InlineData("In 1999 it cost $1,234.50; in 2024, 2,000,000.")]
    [InlineData("2024-05-01 12:30:45, version 1.2.3, π is 3.14159265358979")]
    [InlineData("100 + 200 - 300 = 0, and 10-12-15 is a range of ranges")]
    [InlineData("1 + 2 + 3 +4 = 10; 3+12345678 = 12345681")]
    [InlineData("4111111111111112 fails Luhn")]
    [InlineData("DE89370400440532013001 fails mod 97")]
    [InlineData("std::vector<a::b> and a ratio of 3:4:5")]
    [InlineData("The secret: patience. The token: the smallest unit of text.")]
    [InlineData("Bearer of good news")]
    [InlineData("a@b, @home and 5 @ 3 dollars")]
    [InlineData("256.300.1.2 and 1.2.3.4.5")]
    [InlineData("[email] [phone] [secret] [card]")]
    [InlineData("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]")]
    [InlineData("1000000007 is prime and 123456789012 is not")]
    public void LeavesOrdinaryTextAlone(string text) => Assert.Same(text, Redactor.Redact(text));
}
