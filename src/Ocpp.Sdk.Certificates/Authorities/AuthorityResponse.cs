using System.Net;

namespace Ocpp.Certificates.Authorities;

/// <summary>What a certificate authority answered over HTTP.</summary>
/// <param name="Status">200 or 202.</param>
/// <param name="Body">The whole body.</param>
/// <param name="RetryAfter">When to ask again; <see langword="null"/> if the authority does not specify it.</param>
internal sealed record AuthorityResponse(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter);
