using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Ocpp.Certificates.Ocsp;

/// <summary>The responders that may be asked, each with its own bound of requests at once.</summary>
internal sealed class OcspResponders
{
    private readonly (Uri Url, SemaphoreSlim Turns)[] _allowed;

    public OcspResponders(IReadOnlyList<Uri> allowed, int maxConcurrentRequests) =>
        _allowed = [.. allowed.Select(url => (url, new SemaphoreSlim(maxConcurrentRequests)))];

    /// <summary>Checks the list of the options.</summary>
    /// <exception cref="ArgumentException">An entry can't be that of a responder.</exception>
    public static IReadOnlyList<Uri> Check(IReadOnlyList<Uri> responders, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(responders, name);
        return responders.All(IsHttp)
            ? [.. responders]
            : throw new ArgumentException(
                "A responder must be an absolute URL of http or https, without a user name.",
                name
            );
    }

    /// <summary>Finds whether a URL that was received may be asked.</summary>
    public bool TryFind(
        string responderUrl,
        [NotNullWhen(true)] out Uri? url,
        [NotNullWhen(true)] out SemaphoreSlim? turns
    )
    {
        turns = Uri.TryCreate(responderUrl, UriKind.Absolute, out url) && IsHttp(url) ? FindTurns(url) : null;
        return url is not null && turns is not null;
    }

    private SemaphoreSlim? FindTurns(Uri url) => Array.Find(_allowed, one => Allows(one.Url, url)).Turns;

    private static bool IsHttp(Uri url) =>
        url.IsAbsoluteUri
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0;

    private static bool Allows(Uri allowed, Uri url)
    {
        if (url.Scheme != allowed.Scheme || url.IdnHost != allowed.IdnHost || url.Port != allowed.Port)
        {
            return false;
        }

        string path = url.AbsolutePath;
        return path == allowed.AbsolutePath
            ? url.Query == allowed.Query
            : allowed.AbsolutePath.EndsWith('/')
                && path.StartsWith(allowed.AbsolutePath, StringComparison.Ordinal)
                && !path.Contains('%') // a server may read "..%2F" as a way up
                && url.Query.Length == 0;
    }
}
