using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Ocsp;

/// <summary>
/// Verifies the contract certificates that cars present (C07), of which Authorize has the chain, or hash data for OCSP,
/// or both: the chain leads to the root of a mobility operator, is valid now and that of the contract, and no
/// certificate of it is revoked (C07.FR.05). What can't be found out is not accepted. Thread-safe.
/// </summary>
public sealed class ContractCertificateVerifier
{
    private readonly OcspClient _ocsp;
    private readonly ChainCertificate[] _roots;
    private readonly ChainCertificate[] _intermediates;
    private readonly TimeProvider _clock;

    /// <summary>Verifies against roots of mobility operators.</summary>
    /// <param name="ocsp">
    /// Finds out which certificates are revoked. For hash data without a chain its roots alone decide whose
    /// certificates count: use a client whose <see cref="OcspClientOptions.TrustedRoots"/> are those of mobility
    /// operators only.
    /// </param>
    /// <param name="roots">The roots of mobility operators (MORootCertificate), or V2G roots above them.</param>
    /// <param name="intermediates">
    /// The authorities below the roots, for cars that do not send them. Defaults to none.
    /// </param>
    /// <param name="timeProvider">The clock. Defaults to that of the system.</param>
    /// <exception cref="ArgumentException">There is no root.</exception>
    /// <exception cref="CryptographicException">An extension of a certificate can't be read.</exception>
    public ContractCertificateVerifier(
        OcspClient ocsp,
        X509Certificate2Collection roots,
        X509Certificate2Collection? intermediates = null,
        TimeProvider? timeProvider = null
    )
    {
        ArgumentNullException.ThrowIfNull(ocsp);
        ArgumentNullException.ThrowIfNull(roots);
        _ocsp = ocsp;
        _roots =
            roots.Count > 0
                ? [.. roots.Select(root => new ChainCertificate(root))]
                : throw new ArgumentException("Without a root no chain can be accepted.", nameof(roots));
        _intermediates = [.. (intermediates ?? []).Select(one => new ChainCertificate(one))];
        _clock = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Verifies what Authorize has of a contract certificate.</summary>
    /// <param name="contractId">The contract (eMAID): the common name of the certificate must be the same.</param>
    /// <param name="certificateChain">
    /// The chain in PEM, the contract certificate first; <see langword="null"/> without one.
    /// </param>
    /// <param name="hashData">The hash data of the chain; empty without it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">There is neither a chain nor hash data.</exception>
    public async Task<ContractCertificateVerification> VerifyAsync(
        string contractId,
        string? certificateChain,
        IReadOnlyList<OcspQuery> hashData,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(contractId);
        ArgumentNullException.ThrowIfNull(hashData);
        if (certificateChain is null && hashData.Count == 0)
        {
            throw new ArgumentException("There is neither a chain nor hash data.", nameof(hashData));
        }

        var queries = new List<OcspQuery>(hashData);
        if (certificateChain is not null && VerifyChain(contractId, certificateChain, queries) is { } refusal)
        {
            return refusal;
        }

        // At once: each may take as long as the responder is given, and the station waits for all of them.
        OcspResult[] results = await Task.WhenAll(
                queries.Distinct().Select(query => _ocsp.CheckAsync(query, cancellationToken))
            )
            .ConfigureAwait(false);
        return results
                .Select(Judge)
                .Where(one => !one.IsAccepted)
                .OrderByDescending(one => one.Status == ContractCertificateStatus.CertificateRevoked)
                .FirstOrDefault()
            ?? ContractCertificateVerification.Accepted;
    }

    private ContractCertificateVerification? VerifyChain(string contractId, string pem, List<OcspQuery> queries)
    {
        if (!CertificateChain.TryRead(pem, out CertificateChain? chain))
        {
            return Refuse(ContractCertificateStatus.CertChainError, "The chain is not certificates in PEM.");
        }

        if (!IsOfContract(chain, contractId))
        {
            return Refuse(
                ContractCertificateStatus.CertChainError,
                "The common name of the certificate is not the contract that the station has sent."
            );
        }

        DateTimeOffset now = _clock.GetUtcNow();
        ChainCertificate leaf = chain.Links[0];
        ChainCertificate[] known = [.. chain.Links.Skip(1), .. _intermediates];
        var path = CertificatePath.Find(leaf, known, _roots, now);
        return CheckPath(path, known, now) ?? AddQueries(path, queries);
    }

    /// <summary>
    /// An eMAID may be written with and without hyphens, and with and without its check digit (ISO 15118-2 annex H).
    /// </summary>
    private static bool IsOfContract(CertificateChain chain, string contractId)
    {
        const int LengthWithoutCheckDigit = 14;
        string certified = Normalize(chain.Subject?.CommonName ?? "");
        string sent = Normalize(contractId);
        return certified.Length >= LengthWithoutCheckDigit
            && (
                certified == sent
                || (
                    Math.Min(certified.Length, sent.Length) == LengthWithoutCheckDigit
                    && Math.Max(certified.Length, sent.Length) == LengthWithoutCheckDigit + 1
                    && certified[..LengthWithoutCheckDigit] == sent[..LengthWithoutCheckDigit]
                )
            );

        static string Normalize(string id) => id.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    private ContractCertificateVerification? CheckPath(
        CertificatePath path,
        ChainCertificate[] known,
        DateTimeOffset now
    )
    {
        if (path.Certificates.Append(path.Anchor).Any(one => one?.IsValidAt(now) == false))
        {
            return Refuse(
                ContractCertificateStatus.CertificateExpired,
                "A certificate of the chain is not valid any more, or not yet."
            );
        }

        if (path.Anchor is null)
        {
            ChainCertificate last = path.Certificates[^1];
            return known.Concat(_roots).Any(one => !one.IsSame(last) && last.NamesIssuer(one) && !last.IsSignedBy(one))
                ? Refuse(ContractCertificateStatus.SignatureError, "A signature of the chain does not verify.")
                : Refuse(
                    ContractCertificateStatus.CertChainError,
                    "The chain does not lead to the root of a mobility operator."
                );
        }

        X509ChainStatusFlags flags = path.Validate(now);
        return path.Certificates[0].IsAuthority
                ? Refuse(
                    ContractCertificateStatus.CertChainError,
                    "The certificate belongs to a certificate authority."
                )
            : flags.HasFlag(X509ChainStatusFlags.NotSignatureValid)
                ? Refuse(ContractCertificateStatus.SignatureError, "A signature of the chain does not verify.")
            : flags != X509ChainStatusFlags.NoError
                ? Refuse(ContractCertificateStatus.CertChainError, $"The chain does not hold: {flags}.")
            : null;
    }

    private static ContractCertificateVerification? AddQueries(CertificatePath path, List<OcspQuery> queries)
    {
        IEnumerable<ChainCertificate> issuers = path.Certificates.Skip(1).Append(path.Anchor!);
        foreach ((ChainCertificate certificate, ChainCertificate issuer) in path.Certificates.Zip(issuers))
        {
            if (!OcspQuery.TryCreate(certificate.Certificate, issuer.Certificate, out OcspQuery? query))
            {
                return Refuse(
                    ContractCertificateStatus.NoCertificateAvailable,
                    "A certificate of the chain names no OCSP responder."
                );
            }

            queries.Add(query);
        }

        return null;
    }

    private static ContractCertificateVerification Judge(OcspResult result) =>
        result.Status switch
        {
            OcspCertificateStatus.Good => ContractCertificateVerification.Accepted,
            OcspCertificateStatus.Revoked => Refuse(
                ContractCertificateStatus.CertificateRevoked,
                "A certificate of the chain is revoked."
            ),
            OcspCertificateStatus.Unknown => Refuse(
                ContractCertificateStatus.CertChainError,
                "A certificate of the chain is not known to its responder."
            ),
            _ => Refuse(ContractCertificateStatus.NoCertificateAvailable, result.Reason),
        };

    private static ContractCertificateVerification Refuse(ContractCertificateStatus status, string reason) =>
        new(status, reason);
}
