using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Signing;
using Ocpp.Security;
using Ocpp.Validation;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// What an operator asks of a CSR before a certificate authority gets to see it. Each check refuses, unless the
/// operator puts it among <see cref="Tolerated"/>: then it is reported only. Immutable, to be shared.
/// </summary>
/// <remarks>
/// Tolerate requested extensions only where the certificate authority is known to ignore them:
/// <see cref="LocalCertificateAuthority"/> does; behind EST or cfssl, the authority's own profile decides.
/// </remarks>
public sealed record CsrPolicy
{
    private const string SubjectKeyIdentifierOid = "2.5.29.14";
    private const string KeyUsageOid = "2.5.29.15";
    private const string BasicConstraintsOid = "2.5.29.19";
    private const string ExtendedKeyUsageOid = "2.5.29.37";

    private static readonly CsrCheck[] s_notTolerable =
    [
        CsrCheck.Pem,
        CsrCheck.Request,
        CsrCheck.SingleRequest,
        CsrCheck.SubjectText,
    ];

    /// <summary>The operator's name, which O must be (A00.FR.509).</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string OrganizationName
    {
        get;
        init => field = OptionValue.NotEmpty(value);
    }

    /// <summary>The smallest RSA key, in bits. Default and minimum 2048 (A00.FR.502).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 2048; tolerate
    /// <see cref="CsrCheck.KeySize"/> instead.</exception>
    public int MinRsaKeySize
    {
        get;
        init => field = OptionValue.AtLeast(value, KeyStrength.MinRsaKeySize);
    } = KeyStrength.MinRsaKeySize;

    /// <summary>The smallest EC key, in bits. Default and minimum 224 (A00.FR.503).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 224; tolerate
    /// <see cref="CsrCheck.KeySize"/> instead.</exception>
    public int MinEcKeySize
    {
        get;
        init => field = OptionValue.AtLeast(value, KeyStrength.MinEcKeySize);
    } = KeyStrength.MinEcKeySize;

    /// <summary>
    /// The OIDs of the extensions that a CSR may request, besides a basicConstraints of an end entity. Defaults to the
    /// subject key identifier. An extension that grants CA or usage has checks of its own, and is not allowed by
    /// being here.
    /// </summary>
    public IReadOnlySet<string> AllowedExtensions { get; init; } = new HashSet<string> { SubjectKeyIdentifierOid };

    /// <summary>
    /// The OIDs of the attributes that a subject may have beside O and CN, and beside C and DC in a certificate that
    /// serves V2G. Defaults to C, ST and L, which give the location of a station, not its identity.
    /// </summary>
    public IReadOnlySet<string> AllowedSubjectAttributes { get; init; } =
        new HashSet<string> { SubjectAttribute.Country, SubjectAttribute.StateOrProvince, SubjectAttribute.Locality };

    /// <summary>
    /// The organisation that V2G certificates have as O (OrganizationName of ISO15118Ctrlr; part 2, 2.14.11).
    /// Defaults to
    /// <see langword="null"/>: <see cref="OrganizationName"/>.
    /// </summary>
    public string? V2GOrganizationName { get; init; }

    /// <summary>The checks that report without refusing. Default: none.</summary>
    /// <exception cref="ArgumentException">It has a check without which there is nothing to sign.</exception>
    public IReadOnlySet<CsrCheck> Tolerated
    {
        get;
        init =>
            field = value.Overlaps(s_notTolerable)
                ? throw new ArgumentException("What can't be read as one CSR can't be tolerated.", nameof(Tolerated))
                : value;
    } = new HashSet<CsrCheck>();

    /// <summary>
    /// Evaluates the CSR for the certificate with which a station connects to the CSMS, by all checks.
    /// </summary>
    /// <param name="csr">The CSR, as the station sent it.</param>
    /// <param name="stationNames">
    /// What the station that sent it is called: its serial number, and its identity where the operator uses that as CN.
    /// CN must be one of them; upper and lower case are the same, as they are in an identity.
    /// </param>
    public CsrEvaluation Evaluate(string csr, params IReadOnlyList<string> stationNames)
    {
        ArgumentNullException.ThrowIfNull(stationNames);
        return Evaluate(csr, CertificateUses.CsmsConnection, new SigningStation { Names = stationNames });
    }

    /// <summary>Evaluates a CSR by all checks, depending on what the certificate is for.</summary>
    /// <param name="csr">The CSR, as the station sent it.</param>
    /// <param name="uses">
    /// What the certificate is for. A combined one is judged like that for the CSMS, and may have C and DC like one for
    /// V2G.
    /// </param>
    /// <param name="station">What the CSMS knows of the station that sent it.</param>
    public CsrEvaluation Evaluate(string csr, CertificateUses uses, SigningStation station) =>
        Evaluate(csr, uses, station, CertificateSigningRequest.MaxLength);

    /// <summary>Evaluates a CSR that was received in a version of OCPP with a limit of its own.</summary>
    internal CsrEvaluation Evaluate(string csr, CertificateUses uses, SigningStation station, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(station);
        if (!CertificateSigningRequest.TryRead(csr, out CertificateSigningRequest? request, out CsrFinding? fault))
        {
            return new CsrEvaluation(Request: null, [fault], []);
        }

        ILookup<bool, CsrFinding> findings = new[]
        {
            CheckLength(csr.Length, maxLength),
            CheckOtherText(request),
            CheckSignature(request),
            CheckSignatureHash(request),
            CheckKey(request),
            CheckKeyWeakness(request),
        }
            .OfType<CsrFinding>()
            .Concat(request.Content.Deviations.Select(reason => new CsrFinding(CsrCheck.Form, reason)))
            .Concat(new SubjectCheck(this, uses, station).Evaluate(request.Subject))
            .Concat(CheckExtensions(request))
            .Distinct()
            .ToLookup(finding => Tolerated.Contains(finding.Check));
        return new CsrEvaluation(request, [.. findings[false]], [.. findings[true]]);
    }

    private static CsrFinding? CheckLength(int length, int maxLength) =>
        length > maxLength
            ? new CsrFinding(CsrCheck.Length, $"The CSR has {length} characters; at most {maxLength} are allowed.")
            : null;

    private static CsrFinding? CheckOtherText(CertificateSigningRequest request) =>
        request.HasOtherText
            ? new CsrFinding(CsrCheck.OtherText, "There is other text around the CSR's PEM block.")
            : null;

    private static CsrFinding? CheckSignature(CertificateSigningRequest request) =>
        request.Signature switch
        {
            { IsKnown: false } => new CsrFinding(
                CsrCheck.Signature,
                "The CSR is signed with an algorithm that can't be verified here."
            ),
            { IsValid: false } => new CsrFinding(
                CsrCheck.Signature,
                "The CSR's signature does not verify with the CSR's own key."
            ),
            _ => null,
        };

    private static CsrFinding? CheckSignatureHash(CertificateSigningRequest request) =>
        request.Signature.IsStrong
            ? null
            : new CsrFinding(
                CsrCheck.SignatureHash,
                "The CSR is not signed with SHA-256 or a longer hash of that family."
            );

    private CsrFinding? CheckKey(CertificateSigningRequest request)
    {
        if (request.KeyKind == KeyKind.Other)
        {
            return new CsrFinding(CsrCheck.KeyType, "The key is neither RSA nor EC on a named curve.");
        }

        (string name, int min) = request.KeyKind == KeyKind.Rsa ? ("RSA", MinRsaKeySize) : ("EC", MinEcKeySize);
        return request.KeySize < min
            ? new CsrFinding(
                CsrCheck.KeySize,
                $"The {name} key has {request.KeySize} bits; at least {min} are asked for."
            )
            : null;
    }

    private static CsrFinding? CheckKeyWeakness(CertificateSigningRequest request) =>
        KeyStrength.FindWeakness(request.PublicKey) is { } weakness
            ? new CsrFinding(CsrCheck.KeyWeakness, weakness)
            : null;

    private IEnumerable<CsrFinding> CheckExtensions(CertificateSigningRequest request)
    {
        foreach (X509Extension extension in request.RequestedExtensions)
        {
            if (CheckExtension(extension) is { } finding)
            {
                yield return finding;
            }
        }

        if (request.Content.HasUnreadableExtensions)
        {
            yield return new CsrFinding(
                CsrCheck.Extensions,
                "The CSR asks for extensions in a form that can't be read."
            );
        }

        if (request.Content.HasForeignExtensions)
        {
            yield return new CsrFinding(
                CsrCheck.Extensions,
                "The CSR asks for extensions in an attribute that is not the standard's."
            );
        }
    }

    private CsrFinding? CheckExtension(X509Extension extension) =>
        extension.Oid?.Value switch
        {
            BasicConstraintsOid => AsksForAuthority(extension)
                ? new CsrFinding(
                    CsrCheck.AuthorityExtension,
                    "The CSR asks for the certificate of a certificate authority."
                )
                : null,
            KeyUsageOid => new CsrFinding(CsrCheck.UsageExtension, "The CSR asks for a key usage."),
            ExtendedKeyUsageOid => new CsrFinding(CsrCheck.UsageExtension, "The CSR asks for an extended key usage."),
            { } oid when AllowedExtensions.Contains(oid) => null,

            // Request.RequestedExtensions has its OID, which can be of any length.
            _ => new CsrFinding(CsrCheck.Extensions, "The CSR asks for an extension that is not allowed."),
        };

    private static bool AsksForAuthority(X509Extension extension)
    {
        try
        {
            return new X509BasicConstraintsExtension(extension, extension.Critical).CertificateAuthority;
        }
        catch (CryptographicException)
        {
            return true; // another reader could read it as a CA
        }
    }
}
