using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Ocsp;

/// <summary>
/// Verifies the contract certificates that cars present (C07), of which Authorize has the chain, or hash data for OCSP,
/// or both: the chain leads to the root of a mobility operator, is valid now and that of the contract, and no
/// certificate of it is revoked (C07.FR.05). What can't be found out is not accepted. Thread-safe.
/// </summary>
/// <remarks>
/// Hash data names the issuer of a certificate by its hashes. The issuer must lead to the root of a mobility operator,
/// too; its certificate is looked for in the chain, if there is one, and among the authorities that the verifier and
/// its <see cref="OcspClient"/> know. If it is not there, the status is
/// <see cref="ContractCertificateStatus.NoCertificateAvailable"/>, and the reason says so.
/// </remarks>
public sealed class ContractCertificateVerifier
{
    private readonly OcspClient _ocsp;
    private readonly ChainCertificate[] _roots;
    private readonly ChainCertificate[] _intermediates;

    /// <summary>The authorities that the OCSP client knows, of mobility operators or not.</summary>
    private readonly ChainCertificate[] _others;
    private readonly TimeProvider _clock;

    /// <summary>Verifies against roots of mobility operators.</summary>
    /// <param name="ocsp">
    /// Finds out which certificates are revoked. It may trust other roots, too: those here decide whose certificates
    /// count.
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
        _others =
        [
            .. ocsp.Options.Intermediates.Concat(ocsp.Options.TrustedRoots).Select(one => new ChainCertificate(one)),
        ];
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
        IReadOnlyList<ChainCertificate> sent = [];
        if (certificateChain is not null && VerifyChain(contractId, certificateChain, queries, out sent) is { } refusal)
        {
            return refusal;
        }

        if (VerifyIssuers(hashData, sent) is { } unknown)
        {
            return unknown;
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

    private ContractCertificateVerification? VerifyChain(
        string contractId,
        string pem,
        List<OcspQuery> queries,
        out IReadOnlyList<ChainCertificate> sent
    )
    {
        sent = [];
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
        sent = chain.Links;
        ChainCertificate leaf = chain.Links[0];
        ChainCertificate[] known = [.. chain.Links.Skip(1), .. _intermediates];
        var path = CertificatePath.Find(leaf, known, _roots, now);
        return CheckPath(path, known, now, isAuthority: false) ?? AddQueries(path, queries);
    }

    /// <summary>
    /// Returns why the issuers in hash data do not count; <see langword="null"/> if they all lead to the root of a
    /// mobility operator. The OCSP client would take a certificate of any authority that it trusts.
    /// </summary>
    private ContractCertificateVerification? VerifyIssuers(
        IEnumerable<OcspQuery> hashData,
        IReadOnlyList<ChainCertificate> sent
    )
    {
        DateTimeOffset now = _clock.GetUtcNow();
        ChainCertificate[] known = [.. sent, .. _intermediates, .. _others];
        foreach (OcspQuery query in hashData)
        {
            if (!OcspCertificateId.TryCreate(query.Certificate, out OcspCertificateId? id))
            {
                continue; // the OCSP client refuses it
            }

            ContractCertificateVerification?[] issuers =
            [
                .. _roots
                    .Concat(known)
                    .Where(one => id.IsIssuer(one.Certificate))
                    .Select(one => VerifyIssuer(one, known, now)),
            ];
            if (issuers.Length == 0)
            {
                return Refuse(
                    ContractCertificateStatus.NoCertificateAvailable,
                    "The certificate of an issuer is unknown: whether it leads to the root of a mobility operator "
                        + "can't be found out."
                );
            }

            if (Array.TrueForAll(issuers, one => one is not null))
            {
                return issuers[0];
            }
        }

        return null;
    }

    private ContractCertificateVerification? VerifyIssuer(
        ChainCertificate issuer,
        ChainCertificate[] known,
        DateTimeOffset now
    ) =>
        Array.Exists(_roots, issuer.IsSame) && issuer.IsValidAt(now)
            ? null
            : CheckPath(CertificatePath.Find(issuer, known, _roots, now), known, now, isAuthority: true);

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
        DateTimeOffset now,
        bool isAuthority
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
        return path.Certificates[0].IsAuthority != isAuthority
                ? Refuse(
                    ContractCertificateStatus.CertChainError,
                    isAuthority
                        ? "An issuer is not a certificate authority."
                        : "The certificate belongs to a certificate authority."
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
