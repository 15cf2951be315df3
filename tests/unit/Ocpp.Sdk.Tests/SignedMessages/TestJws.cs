using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ocpp.Tests.SignedMessages;

/// <summary>
/// Signed messages as another implementation makes and reads them, after part 4, section 7 and RFC 7515; none of the
/// SDK's own code is in it.
/// </summary>
internal static class TestJws
{
    /// <summary>A header as the specification demands it, with its spelling of the message type.</summary>
    public static JsonObject Header(
        X509Certificate2 certificate,
        string algorithm = "ES256",
        string action = "Heartbeat",
        int type = 2
    ) =>
        new()
        {
            ["alg"] = algorithm,
            ["OCPPAction"] = action,
            ["OCPPMessageTypedId"] = type,
            ["x5t#S256"] = Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)),
        };

    /// <summary>Signs a payload.</summary>
    /// <returns>The flattened serialization.</returns>
    public static JsonObject Sign(X509Certificate2 certificate, JsonObject header, string payload = "{}") =>
        Sign(certificate, header.ToJsonString(), payload);

    /// <summary>Signs a payload with whatever is in the place of a header.</summary>
    public static JsonObject Sign(X509Certificate2 certificate, string header, string payload = "{}")
    {
        string encodedHeader = Encode(Encoding.UTF8.GetBytes(header));
        string encodedPayload = Encode(Encoding.UTF8.GetBytes(payload));
        byte[] data = Encoding.ASCII.GetBytes($"{encodedHeader}.{encodedPayload}");
        HashAlgorithmName hash = header.Contains("RS384", StringComparison.Ordinal)
            ? HashAlgorithmName.SHA384
            : HashAlgorithmName.SHA256;
        using ECDsa? ecdsa = certificate.GetECDsaPrivateKey();
        using RSA? rsa = certificate.GetRSAPrivateKey();
        byte[] signature = ecdsa is not null
            ? ecdsa.SignData(data, hash)
            : rsa!.SignData(data, hash, RSASignaturePadding.Pkcs1);
        return new JsonObject
        {
            ["payload"] = encodedPayload,
            ["protected"] = encodedHeader,
            ["signature"] = Encode(signature),
        };
    }

    /// <summary>A signed Heartbeat, sent as a CALL.</summary>
    public static string Heartbeat(X509Certificate2 certificate, string messageId = "1") =>
        Rpc.Sessions.Frames.Call(messageId, "Heartbeat-Signed", Sign(certificate, Header(certificate)).ToJsonString());

    /// <summary>Verifies what the SDK signed.</summary>
    /// <returns>The header and the payload.</returns>
    public static (JsonObject Header, string Payload) Open(string utf8Json, X509Certificate2 certificate)
    {
        JsonElement jws = JsonElement.Parse(utf8Json);
        Assert.Equal(["payload", "protected", "signature"], jws.EnumerateObject().Select(member => member.Name));
        string header = jws.GetProperty("protected").GetString()!;
        string payload = jws.GetProperty("payload").GetString()!;
        var fields = (JsonObject)JsonNode.Parse(Decode(header))!;
        byte[] data = Encoding.ASCII.GetBytes($"{header}.{payload}");
        byte[] signature = Decode(jws.GetProperty("signature").GetString()!);
        string algorithm = fields["alg"]!.GetValue<string>();
        using ECDsa? ecdsa = certificate.GetECDsaPublicKey();
        using RSA? rsa = certificate.GetRSAPublicKey();
        HashAlgorithmName hash = algorithm == "RS384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        Assert.True(
            algorithm == "ES256"
                ? ecdsa!.VerifyData(data, signature, hash)
                : rsa!.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1)
        );
        return (fields, Encoding.UTF8.GetString(Decode(payload)));
    }

    public static string Encode(ReadOnlySpan<byte> bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static byte[] Decode(string text)
    {
        Assert.DoesNotContain('=', text);
        string padding = new('=', (4 - (text.Length % 4)) % 4);
        return Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + padding);
    }
}
