using System.Text;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>
/// A text in the form of a PEM certificate signing request (RFC 7468) of an exact length: lines of 64 characters of
/// base64, the last one shorter. No CSR stands behind it: none has every length.
/// </summary>
internal static class PemText
{
    private const string Begin = "-----BEGIN CERTIFICATE REQUEST-----\n";
    private const string End = "-----END CERTIFICATE REQUEST-----\n";
    private const int LineLength = 64;

    public static string OfLength(int length)
    {
        // Always the same bytes: a seeded generator keeps its sequence on every machine and version.
        var bytes = new byte[length];
#pragma warning disable CA5394 // No secret is made here.
        new Random(201).NextBytes(bytes);
#pragma warning restore CA5394
        string base64 = Convert.ToBase64String(bytes);

        var text = new StringBuilder(Begin, length);
        int used = 0;
        while (length - text.Length - End.Length > 1)
        {
            int count = Math.Min(LineLength, length - text.Length - End.Length - 1);
            text.Append(base64, used, count).Append('\n');
            used += count;
        }

        return text.Append(End).ToString();
    }
}
