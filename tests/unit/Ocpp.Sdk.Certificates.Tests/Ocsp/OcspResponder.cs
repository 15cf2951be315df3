using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Net;
using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// A responder in memory. It answers that every certificate is good, signed by the issuer, as of now and for a day,
/// with the nonce of the request, unless a test changes that.
/// </summary>
internal sealed class OcspResponder(TestAuthority issuer, OcppTestClock clock) : HttpMessageHandler
{
    private readonly ConcurrentQueue<Uri> _asked = new();

    /// <summary>The URLs that were asked.</summary>
    public IReadOnlyList<Uri> Asked => [.. _asked];

    /// <summary>The last response that was signed, in DER.</summary>
    public byte[] LastResponse { get; private set; } = [];

    /// <summary>Changes what is answered.</summary>
    public Func<OcspAnswer, OcspAnswer> Change { get; set; } = answer => answer;

    /// <summary>Answers something else.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>>? Instead { get; set; }

    /// <summary>The status of a certificate by its serial number in upper case: 0 good, 1 revoked, 2 unknown.</summary>
    public Dictionary<string, int> Statuses { get; } = [];

    public static HttpResponseMessage Body(byte[] body) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        _asked.Enqueue(request.RequestUri!);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("application/ocsp-request", request.Content!.Headers.ContentType!.MediaType);
        byte[] body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
        return Instead is not null ? await Instead(cancellationToken) : Body(Answer(body));
    }

    private byte[] Answer(byte[] request)
    {
        (byte[] id, byte[] nonce) = Read(request);
        DateTimeOffset now = clock.GetUtcNow();
        LastResponse = Change(
                new OcspAnswer
                {
                    CertificateIds = [id],
                    Status = Statuses.GetValueOrDefault(SerialNumberOf(id)),
                    ThisUpdate = now,
                    NextUpdate = now.AddDays(1),
                    Nonce = nonce,
                    Responder = issuer.Certificate,
                    Sign = issuer.SignBytes,
                }
            )
            .Encode();
        return LastResponse;
    }

    private static (byte[] Id, byte[] Nonce) Read(byte[] request)
    {
        AsnReader tbs = new AsnReader(request, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        byte[] id = tbs.ReadSequence().ReadSequence().ReadEncodedValue().ToArray();
        AsnReader extension = tbs.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 2)).ReadSequence().ReadSequence();
        Assert.Equal("1.3.6.1.5.5.7.48.1.2", extension.ReadObjectIdentifier());
        return (id, new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString());
    }

    private static string SerialNumberOf(byte[] id)
    {
        AsnReader parts = new AsnReader(id, AsnEncodingRules.DER).ReadSequence();
        parts.ReadSequence();
        parts.ReadOctetString();
        parts.ReadOctetString();
        return Convert.ToHexString(parts.ReadIntegerBytes().Span);
    }
}
