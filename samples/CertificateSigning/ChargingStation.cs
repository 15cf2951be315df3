using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.V201;

namespace CertificateSigning;

/// <summary>
/// The charging station: asks for a certificate, and checks what it gets (OCPP 2.0.1 part 2, A02 and A03).
/// </summary>
internal sealed class ChargingStation(WireEnd wire, StationKey key, X509Certificate2 operatorRoot)
    : Peer(wire, "station")
{
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// The chain that the station accepted, its own certificate first, that one with its private key where the station
    /// has it; empty as long as there is none.
    /// </summary>
    public X509Certificate2Collection Chain { get; private set; } = [];

    /// <summary>Why there is no certificate, when the station knows.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    protected override ValueTask StartAsync() => CallAsync(new SignCertificateRequest
    {
        Csr = key.CsrPem,
        CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
    });

    /// <inheritdoc/>
    protected override void OnResult(OcppFrame result)
    {
        if (!OcppJson.TryParse(result.Payload, out SignCertificateResponse? response, out OcppViolation violation))
        {
            GiveUp($"The answer to SignCertificate is invalid. {violation}");
        }
        else if (response.Status != GenericStatusEnumType.Accepted)
        {
            GiveUp($"The CSMS rejected the CSR. {response.StatusInfo?.AdditionalInfo}");
        }
    }

    /// <inheritdoc/>
    protected override void OnError(OcppFrame error) =>
        GiveUp($"SignCertificate failed. {error.ErrorCodeName}: {error.ErrorDescription}");

    /// <inheritdoc/>
    protected override ValueTask OnCallAsync(OcppAction action, OcppFrame call) => action switch
    {
        OcppAction<CertificateSignedRequest, CertificateSignedResponse> =>
            OcppJson.TryParse(call.Payload, out CertificateSignedRequest? request, out OcppViolation violation)
                ? CertificateSignedAsync(call.MessageId, request)
                : RefuseAsync(call.MessageId, violation),
        _ => RefuseAsync(call.MessageId, OcppRule.UnhandledAction),
    };

    private async ValueTask CertificateSignedAsync(string messageId, CertificateSignedRequest request)
    {
        string? problem = Check(request.CertificateChain, out X509Certificate2Collection chain);
        if (problem is not null)
        {
            await AnswerAsync(messageId, new CertificateSignedResponse
            {
                Status = CertificateSignedStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType { ReasonCode = "InvalidCertificate", AdditionalInfo = problem },
            });
            GiveUp(problem);
            return;
        }

        await AnswerAsync(messageId, new CertificateSignedResponse
        {
            Status = CertificateSignedStatusEnumType.Accepted,
        });
        if (key.PrivateKey is not null)
        {
            // With both halves it can be presented in a TLS handshake: a station reconnects with it now (A02.FR.08).
            chain[0] = chain[0].CopyWithPrivateKey(key.PrivateKey);
        }

        Chain = chain;
        Close();
    }

    /// <summary>The checks of A02.FR.06.</summary>
    /// <param name="pem">The chain, as the CSMS sent it.</param>
    /// <param name="chain">Its certificates, as far as they can be read.</param>
    /// <returns>What is wrong with the chain; <see langword="null"/> when nothing is.</returns>
    private string? Check(string pem, out X509Certificate2Collection chain)
    {
        chain = [];
        try
        {
            chain.ImportFromPem(pem);
            return chain.Count == 0
                ? "The chain holds no certificate."
                : CheckCertificate(chain[0]) ?? CheckTrust(chain);
        }
        catch (CryptographicException)
        {
            return "The chain can't be read.";
        }
    }

    private string? CheckCertificate(X509Certificate2 certificate)
    {
        ReadOnlySpan<byte> publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        if (!publicKey.SequenceEqual(key.PublicKey.ExportSubjectPublicKeyInfo()))
        {
            return "The certificate is for a key that the station did not ask for.";
        }

        return certificate.SubjectName.Organization == key.Subject.Organization &&
            certificate.SubjectName.CommonName == key.Subject.CommonName
                ? null
                : "The certificate's subject is not the one that the station asked for.";
    }

    private string? CheckTrust(X509Certificate2Collection chain)
    {
        using var path = new X509Chain();
        path.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        path.ChainPolicy.CustomTrustStore.Add(operatorRoot);
        path.ChainPolicy.ExtraStore.AddRange(chain);
        path.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthenticationOid));
        path.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // this authority publishes no revocations
        path.ChainPolicy.DisableCertificateDownloads = true; // not from an address in a certificate not trusted yet

        // Signatures up to the root, what each certificate may be used for, and that all of them are valid now.
        return path.Build(chain[0])
            ? null
            : $"The chain does not hold: {string.Join(", ", path.ChainStatus.Select(problem => problem.Status))}.";
    }

    private void GiveUp(string reason)
    {
        Failure = reason;
        Close();
    }
}
