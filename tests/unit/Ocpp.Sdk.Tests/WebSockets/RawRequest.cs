using System.Text;

namespace Ocpp.Tests.WebSockets;

/// <summary>The head of an HTTP request as it came, the line to answer on, and the end of the test.</summary>
internal sealed record RawRequest(
    string Line,
    IReadOnlyDictionary<string, string> Headers,
    Stream Stream,
    CancellationToken Closing
)
{
    public static RawRequest Parse(string head, Stream stream, CancellationToken closing)
    {
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        return new RawRequest(lines[0], headers, stream, closing);
    }

    public async Task WriteAsync(string text)
    {
        await Stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        await Stream.FlushAsync();
    }
}
