using System.Buffers;

namespace Ocpp.Json;

/// <summary>
/// The strings of JSON Schema's <c>format: uri</c>: a scheme, a colon, and what <see cref="Uri"/> can make sense of. A
/// space or another character that RFC 3986 wants to have escaped is accepted, as stations and systems in the field
/// send them.
/// </summary>
internal static class AbsoluteUri
{
    private static readonly SearchValues<char> s_scheme = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-."
    );

    public static bool IsValid(string text)
    {
        // A path such as /a/b is an absolute URI for Uri on Unix, but has no scheme (RFC 3986 section 3.1).
        int end = text.AsSpan().IndexOfAnyExcept(s_scheme);
        return end > 0
            && text[end] == ':'
            && char.IsAsciiLetter(text[0])
            && Uri.TryCreate(text, UriKind.Absolute, out _);
    }
}
