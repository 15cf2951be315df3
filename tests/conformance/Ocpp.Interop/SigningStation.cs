using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.V201;

namespace Ocpp.Interop;

/// <summary>Our CSMS, and a station that signs with another implementation of JSON Web Signatures.</summary>
internal static class SigningStation
{
    /// <summary>What both sides counted, as the other one prints it.</summary>
    private const string Expected = """{"signed":3,"verified":4,"answered":1,"refused":3}""";

    private static readonly JsonElement s_data = JsonElement.Parse("""{"n":[1,"é"]}""");

    /// <param name="folder">Where the keys and certificates of the station and the CSMS's certificate are put.</param>
    /// <returns>Whether all came to pass.</returns>
    public static async Task<bool> RunAsync(string folder)
    {
        using var stationKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stationRsa = RSA.Create(2048);
        using var csmsKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2[] station =
        [
            SelfSigned(new CertificateRequest("CN=station", stationKey, HashAlgorithmName.SHA256)),
            SelfSigned(
                new CertificateRequest("CN=station", stationRsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ),
        ];
        using X509Certificate2 csmsCertificate = SelfSigned(
            new CertificateRequest("CN=csms", csmsKey, HashAlgorithmName.SHA256)
        );
        await WriteAsync("ec.crt", station[0].ExportCertificatePem());
        await WriteAsync("ec.key", stationKey.ExportPkcs8PrivateKeyPem());
        await WriteAsync("rsa.crt", station[1].ExportCertificatePem());
        await WriteAsync("rsa.key", stationRsa.ExportPkcs8PrivateKeyPem());
        await WriteAsync("csms.crt", csmsCertificate.ExportCertificatePem());

        var signer = new OcppCertificateSigner(csmsCertificate);
        var refused = new List<OcppReport>();
        Task<DataTransferResponse>? callBack = null;
        await using var csms = CsmsHost.Create(
            endpoint =>
                endpoint
                    .On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow })
                    .On(
                        (DataTransferRequest request, OcppRequestContext context) =>
                        {
                            if (request.VendorId == "call-back")
                            {
                                context.OnCompleted(() =>
                                    callBack = context.Session.CallAsync(
                                        new DataTransferRequest { VendorId = "csms", Data = s_data },
                                        new OcppCallOptions { Signer = signer }
                                    )
                                );
                            }
                            else if (context.Signature?.Certificate is null)
                            {
                                throw new OcppCallErrorException(OcppErrorCode.GenericError, "Came unsigned.");
                            }

                            return new DataTransferResponse
                            {
                                Status = DataTransferStatusEnumType.Accepted,
                                Data = request.Data,
                            };
                        }
                    ),
            options =>
                options.Session = new OcppSessionOptions
                {
                    Reported = (_, report) => refused.Add(report),
                    SignedMessages = new OcppSignedMessageOptions
                    {
                        FindCertificate = (_, signature) =>
                            Array.Find(
                                station,
                                certificate =>
                                    certificate.GetCertHashString(HashAlgorithmName.SHA256) == signature.Thumbprint
                            ),
                        Signer = signer,
                    },
                }
        );
        await csms.StartAsync();
        using ChildProcess other = Node.Start("signed.mjs", csms.Url.ToString(), folder);
        (int exitCode, string theirs) = await other.EndAsync();
        DataTransferResponse? answer = callBack is null ? null : await callBack;
        Console.WriteLine($"signed messages: theirs: {theirs}; ours: {refused.Count} refused");
        Array.ForEach(station, certificate => certificate.Dispose());
        return exitCode == 0
            && theirs.Trim() == Expected
            && refused is { Count: 3 }
            && refused.TrueForAll(report => report.Kind == OcppReportKind.SignatureRefused)
            && answer?.Data is { } data
            && JsonElement.DeepEquals(data, s_data);

        Task WriteAsync(string name, string pem) => File.WriteAllTextAsync(Path.Combine(folder, name), pem);
    }

    private static X509Certificate2 SelfSigned(CertificateRequest request)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
