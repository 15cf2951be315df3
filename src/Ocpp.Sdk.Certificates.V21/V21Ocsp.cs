using Ocpp.Certificates.Ocsp;
using Ocpp.V21;

namespace Ocpp.Certificates.V21;

/// <summary>Revocation by OCSP with the messages of OCPP 2.1: for handlers of a CSMS.</summary>
public static class V21Ocsp
{
    /// <summary>
    /// Responds to a station that wants the status of a certificate (M06): with the responder's response in DER and
    /// Base64 (M06.FR.02, M06.FR.08, M06.FR.09), whatever the status is, or Failed with a reason.
    /// </summary>
    /// <param name="ocsp">Finds out the status.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<GetCertificateStatusResponse> GetCertificateStatusAsync(
        this OcspClient ocsp,
        GetCertificateStatusRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ocsp);
        ArgumentNullException.ThrowIfNull(request);
        OcspResult result = await ocsp.CheckAsync(request.OcspRequestData.ToQuery(), cancellationToken)
            .ConfigureAwait(false);
        if (!result.IsKnown)
        {
            return Fail(result.Failure == OcspFailure.InvalidQuery ? "InvalidValue" : "InternalError", result.Reason);
        }

        string encoded = Convert.ToBase64String(result.Response.Span);
        return encoded.Length <= GetCertificateStatusResponse.OcspResultMaxLength
            ? new GetCertificateStatusResponse { Status = GetCertificateStatusEnumType.Accepted, OcspResult = encoded }
            : Fail("TooLargeElement", "The OCSP response is too long for the message.");
    }

    /// <summary>
    /// Responds to a station that wants the statuses of a chain, each by OCSP with the first of its URLs that may be
    /// asked. A status that is asked for by a revocation list (CRL) is Failed: the station can ask for it by OCSP.
    /// Where no time of a next update is known, it is <see cref="OcspClientOptions.MaxAge"/> from now.
    /// </summary>
    /// <param name="ocsp">Finds out the statuses.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<GetCertificateChainStatusResponse> GetCertificateChainStatusAsync(
        this OcspClient ocsp,
        GetCertificateChainStatusRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(ocsp);
        ArgumentNullException.ThrowIfNull(request);
        return new GetCertificateChainStatusResponse
        {
            CertificateStatus = await Task.WhenAll(
                    request.CertificateStatusRequests.Select(one => FindStatusAsync(ocsp, one, cancellationToken))
                )
                .ConfigureAwait(false),
        };
    }

    /// <summary>Verifies the contract certificate of an Authorize (C07.FR.05).</summary>
    /// <param name="contracts">Verifies contract certificates.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see langword="null"/> if the request has neither a certificate nor hash data.</returns>
    public static async Task<ContractCertificateVerification?> VerifyAsync(
        this ContractCertificateVerifier contracts,
        AuthorizeRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(contracts);
        ArgumentNullException.ThrowIfNull(request);
        return request.Certificate is null && request.Iso15118CertificateHashData is null
            ? null
            : await contracts
                .VerifyAsync(
                    request.IdToken.IdToken,
                    request.Certificate,
                    [.. (request.Iso15118CertificateHashData ?? []).Select(data => data.ToQuery())],
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    /// <summary>
    /// Responds to an Authorize: if its contract certificate is not valid, the token is Invalid (C07.FR.16), or Expired
    /// with its certificate; otherwise as the application does.
    /// </summary>
    /// <param name="contracts">Verifies contract certificates.</param>
    /// <param name="request">The request, with a contract certificate, hash data or neither.</param>
    /// <param name="authorize">
    /// Responds for a token whose certificate is valid, or that has none. <c>CertificateStatus</c> becomes Accepted
    /// where there is a certificate, unless it is set, such as to ContractCancelled.
    /// </param>
    /// <param name="refused">Called with the reason if the certificate is not valid.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AuthorizeResponse> AuthorizeAsync(
        this ContractCertificateVerifier contracts,
        AuthorizeRequest request,
        Func<Task<AuthorizeResponse>> authorize,
        Action<ContractCertificateVerification>? refused = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(authorize);
        ContractCertificateVerification? verification = await contracts
            .VerifyAsync(request, cancellationToken)
            .ConfigureAwait(false);
        if (verification is { IsAccepted: false })
        {
            refused?.Invoke(verification);
            return Refuse(verification.Status);
        }

        AuthorizeResponse response = await authorize().ConfigureAwait(false);
        return verification is null || response.CertificateStatus is not null
            ? response
            : response with
            {
                CertificateStatus = AuthorizeCertificateStatusEnumType.Accepted,
            };
    }

    private static AuthorizeResponse Refuse(ContractCertificateStatus status) =>
        new()
        {
            IdTokenInfo = new IdTokenInfoType
            {
                Status =
                    status == ContractCertificateStatus.CertificateExpired
                        ? AuthorizationStatusEnumType.Expired
                        : AuthorizationStatusEnumType.Invalid,
            },
            CertificateStatus = status switch
            {
                ContractCertificateStatus.SignatureError => AuthorizeCertificateStatusEnumType.SignatureError,
                ContractCertificateStatus.CertificateExpired => AuthorizeCertificateStatusEnumType.CertificateExpired,
                ContractCertificateStatus.CertificateRevoked => AuthorizeCertificateStatusEnumType.CertificateRevoked,
                ContractCertificateStatus.NoCertificateAvailable =>
                    AuthorizeCertificateStatusEnumType.NoCertificateAvailable,
                _ => AuthorizeCertificateStatusEnumType.CertChainError,
            },
        };

    private static async Task<CertificateStatusType> FindStatusAsync(
        OcspClient ocsp,
        CertificateStatusRequestInfoType request,
        CancellationToken cancellationToken
    )
    {
        OcspResult? result = null;
        if (request.Source == CertificateStatusSourceEnumType.OCSP)
        {
            CertificateHash certificate = request.CertificateHashData.ToCertificateHash()!;
            foreach (string url in request.Urls.TakeWhile(_ => result is not { IsKnown: true }))
            {
                result = await ocsp.CheckAsync(new OcspQuery(certificate, url), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        return new CertificateStatusType
        {
            CertificateHashData = request.CertificateHashData,
            Source = request.Source,
            Status = result?.Status switch
            {
                OcspCertificateStatus.Good => CertificateStatusEnumType.Good,
                OcspCertificateStatus.Revoked => CertificateStatusEnumType.Revoked,
                OcspCertificateStatus.Unknown => CertificateStatusEnumType.Unknown,
                _ => CertificateStatusEnumType.Failed,
            },
            NextUpdate = result?.NextUpdate ?? ocsp.Options.TimeProvider.GetUtcNow() + ocsp.Options.MaxAge,
        };
    }

    private static OcspQuery ToQuery(this OCSPRequestDataType data) =>
        new(
            new CertificateHash(
                data.HashAlgorithm.ToWireName(),
                data.IssuerNameHash,
                data.IssuerKeyHash,
                data.SerialNumber
            ),
            data.ResponderURL
        );

    private static GetCertificateStatusResponse Fail(string reasonCode, string reason) =>
        new()
        {
            Status = GetCertificateStatusEnumType.Failed,
            StatusInfo = new RejectionReason(reasonCode, reason).ToStatusInfo(),
        };
}
