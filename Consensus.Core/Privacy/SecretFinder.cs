namespace Consensus.Core.Privacy;

/// <summary>Finds API keys by their issuers' prefixes, JSON web tokens, bearer tokens, private key blocks and values assigned to a name such as
/// <c>api_key</c>.</summary>
internal static class SecretFinder
{
    private const string Secret = "[secret]";
    private const string Jwt = "[jwt]";
    private const int ShortestAssigned = 6;
    private const int ShortestBearer = 8;
    private const int LongestLook = 64;

    /// <summary>Prefixes and the fewest characters that follow them.</summary>
    private static readonly (string Prefix, int Fewest)[] Prefixes =
    [
        ("csk_", 16), ("sk-", 16), ("sk_live_", 10), ("sk_test_", 10), ("rk_live_", 10), ("pk_live_", 10), ("ghp_", 20), ("gho_", 20), ("ghu_", 20), ("ghs_", 20),
        ("ghr_", 20), ("github_pat_", 20), ("glpat-", 16),
        ("AKIA", 16), ("ASIA", 16), ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10), ("xoxs-", 10), ("xapp-", 10), ("AIza", 30), ("ya29.", 20),
        ("hf_", 20), ("npm_", 30), ("dop_v1_", 30), ("SG.", 30), ("gsk_", 20), ("xai-", 20),
        ("pypi-", 30), ("shpat_", 20), ("sq0atp-", 16), ("key-", 32), ("r8_", 20), ("tvly-", 16), ("pplx-", 20), ("whsec_", 16), ("EAAC", 40),
    ];

    private static readonly string[] Names =
    [
        "api_key", "apikey", "api-key", "api key", "x-api-key", "secret_key", "secretkey", "client_secret", "clientsecret", "secret", "access_token",
        "accesstoken", "auth_token", "authtoken", "refresh_token", "token", "password", "passwd", "pwd",
        "passphrase", "private_key", "privatekey", "access_key", "accesskey", "accountkey", "account_key", "sharedaccesskey", "connection_string",
        "credential", "authorization",
    ];

    public static void Find(string text, List<RedactionSpan> spans)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!IsTokenChar(text[i]))
            {
                i++;
                continue;
            }
            var end = i;
            while (end < text.Length && IsTokenChar(text[end]))
                end++;
            Token(text, i, end, spans);
            i = end;
        }
        PrivateKeys(text, spans);
        Assignments(text, spans);
    }

    private static bool IsTokenChar(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '+' or '/';

    /// <summary>One run of characters that a token may have: a web token, a key with a known prefix, or what follows "Bearer".</summary>
    private static void Token(string text, int start, int end, List<RedactionSpan> spans)
    {
        var run = text.AsSpan(start, end - start).TrimEnd('.');
        end = start + run.Length;
        if (JwtAt(run) is >= 0 and var jwt)
        {
            spans.Add(new RedactionSpan(start + jwt, end, Jwt));
            return;
        }
        if (KeyAt(run) is >= 0 and var key)
        {
            spans.Add(new RedactionSpan(start + key, end, Secret));
            return;
        }
        if (run.Length >= ShortestBearer && FollowsBearer(text, start) && LooksRandom(run))
            spans.Add(new RedactionSpan(start, end, Secret));
    }

    /// <summary>Where three base64url parts begin of which the first is the beginning of a JSON object ("eyJ").</summary>
    private static int JwtAt(ReadOnlySpan<char> run)
    {
        for (var from = 0; run[from..].IndexOf("eyJ") is >= 0 and var step; from += step + 3)
        {
            var at = from + step;
            var dot = run[at..].IndexOf('.');
            if (dot < 0)
                return -1;
            if (dot >= 10 && (at == 0 || !char.IsAsciiLetterOrDigit(run[at - 1])) && run[(at + dot + 1)..].Length >= 8)
                return at;
        }
        return -1;
    }

    private static int KeyAt(ReadOnlySpan<char> run)
    {
        foreach (var (prefix, fewest) in Prefixes)
        {
            for (var from = 0; run[from..].IndexOf(prefix) is >= 0 and var step; from += step + 1)
            {
                var at = from + step;
                var tail = run[(at + prefix.Length)..];
                if (tail.Length < fewest)
                    break;
                tail = tail[..Math.Min(tail.Length, LongestLook)];
                if ((at == 0 || !char.IsAsciiLetterOrDigit(run[at - 1])) && (tail.IndexOfAnyInRange('0', '9') >= 0 || tail.IndexOfAnyInRange('A', 'Z') >= 0))
                    return at;
            }
        }
        return -1;
    }

    private static bool FollowsBearer(string text, int start)
    {
        var before = text.AsSpan(0, start);
        if (before.IsEmpty || !char.IsWhiteSpace(before[^1]))
            return false;
        before = before[Math.Max(0, before.Length - 16)..].TrimEnd();
        return before.EndsWith("bearer", StringComparison.OrdinalIgnoreCase) && (before.Length == 6 || !char.IsAsciiLetterOrDigit(before[^7]));
    }

    // "Bearer of the news" is prose.
    private static bool LooksRandom(ReadOnlySpan<char> run) => run.IndexOfAnyInRange('0', '9') >= 0 || (run.Length >= 20
        && run.IndexOfAnyInRange('A', 'Z') >= 0);

    private static void PrivateKeys(string text, List<RedactionSpan> spans)
    {
        const string open = "-----BEGIN ";
        const string close = "-----END ";
        for (var from = 0; text.IndexOf(open, from, StringComparison.Ordinal) is >= 0 and var at;)
        {
            var isKey = text.AsSpan(at, Math.Min(60, text.Length - at)).Contains("PRIVATE KEY-----", StringComparison.Ordinal);
            var end = isKey ? text.IndexOf(close, at, StringComparison.Ordinal) : -1;
            var last = end < 0 ? -1 : text.IndexOf("-----", end + close.Length, StringComparison.Ordinal);
            if (isKey)
                spans.Add(new RedactionSpan(at, last < 0 ? text.Length : last + 5, Secret));
            if (isKey && last < 0)
                return;
            from = isKey ? last + 5 : at + open.Length;
        }
    }

    /// <summary><c>api_key = "…"</c>, <c>"password": "…"</c>, <c>token=…&amp;</c>: a telling name, an equals sign or colon, a value.</summary>
    private static void Assignments(string text, List<RedactionSpan> spans)
    {
        for (var from = 1; from < text.Length && text.AsSpan(from).IndexOfAny('=', ':') is >= 0 and var step;)
        {
            var at = from + step;
            from = at + 1;
            if (!IsTellingName(text, at))
                continue;
            var (start, end) = Value(text, at + 1);
            // A quotation that never closes runs on into prose: its first word is the value.
            end = text.AsSpan(start, end - start).IndexOfAny(' ', '\t') is > 0 and var space ? start + space : end;
            if (end - start >= ShortestAssigned && text[start] != '[' && IsSecretValue(text.AsSpan(start, end - start)))
            {
                spans.Add(new RedactionSpan(start, end, Secret));
                from = end;
            }
        }
    }

    private static bool IsTellingName(string text, int at)
    {
        var before = text.AsSpan(Math.Max(0, at - 40), Math.Min(40, at)).TrimEnd(" \t\"'`*\\");
        foreach (var name in Names)
        {
            if (before.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static (int Start, int End) Value(string text, int start)
    {
        while (start < text.Length && text[start] is ' ' or '\t' or '=' or '>' or '\\')
            start++;
        var quote = start < text.Length && text[start] is '"' or '\'' or '`' ? text[start] : '\0';
        start += quote == '\0' ? 0 : 1;
        if (text.AsSpan(start).StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan(start).StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            start += text[start] is 'B' or 'b' && text[start + 1] is 'e' or 'E' ? 7 : 6;
        var end = start;
        while (end < text.Length && text[end] != quote && !(quote == '\0' && (char.IsWhiteSpace(text[end])
            || text[end] is '&' or ';' or ',' or '"' or '\'' or '`' or ')' or '}' or ']')) && text[end] is not ('\n' or '\r'))
            end++;
        return (start, end);
    }

    // "the secret: patience" and "password: required" are prose; a quoted or mixed value is not. A value that is plain arithmetic ("token: 17") is short.
    private static bool IsSecretValue(ReadOnlySpan<char> value)
    {
        var trimmed = value.TrimEnd('.');
        var letters = trimmed.IndexOfAnyInRange('A', 'Z') >= 0 || trimmed.IndexOfAnyInRange('a', 'z') >= 0;
        var digits = trimmed.IndexOfAnyInRange('0', '9') >= 0;
        var marks = trimmed.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'") >= 0;
        return (letters && digits) || (letters && marks && trimmed.Length >= 8) || trimmed.Length >= 20;
    }
}
