using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Requests;

/// <summary>
/// What OCPP puts into the subject of a station's certificate: O and CN, and C and DC into that of a V2G certificate
/// (part 2, 2.14.9 to 2.14.11; ISO 15118).
/// </summary>
public sealed record CertificateSubject
{
    /// <summary>The DC that ISO 15118 gives to the certificates of charging stations.</summary>
    public const string ChargePointOperator = "CPO";

    internal const int MaxLength = 64; // X.520 allows no longer O and CN

    /// <summary>O: who the station belongs to (A00.FR.509); 1 to 64 characters.</summary>
    public required string Organization { get; init; }

    /// <summary>
    /// CN: the station's serial number, never a URL or an IP address (A00.FR.511), or, in a V2G certificate, the SECC
    /// id; 1 to 64 characters.
    /// </summary>
    public required string CommonName { get; init; }

    /// <summary>C: the country, two letters of ISO 3166-1. Defaults to <see langword="null"/>: none.</summary>
    public string? Country { get; init; }

    /// <summary>
    /// DC: in a V2G certificate <see cref="ChargePointOperator"/>. Defaults to <see langword="null"/>: none.
    /// </summary>
    public string? DomainComponent { get; init; }

    /// <summary>Encodes the name: C, O, CN and DC, in this order.</summary>
    /// <exception cref="ArgumentException">A value is empty, too long or of a forbidden form.</exception>
    public X500DistinguishedName Encode()
    {
        Check();

        // The builder puts what is added last in front.
        var name = new X500DistinguishedNameBuilder();
        if (DomainComponent is not null)
        {
            name.AddDomainComponent(DomainComponent);
        }

        name.AddCommonName(CommonName);
        name.AddOrganizationName(Organization);
        if (Country is not null)
        {
            name.AddCountryOrRegion(Country);
        }

        return name.Build();
    }

    /// <summary>Whether all values can be part of a subject.</summary>
    /// <exception cref="ArgumentException">A value is empty, too long or of a forbidden form.</exception>
    internal void Check()
    {
        Check(Organization, nameof(Organization));
        Check(CommonName, nameof(CommonName));
        if (IsUrlOrIpAddress(CommonName))
        {
            throw new ArgumentException("CN must be neither a URL nor an IP address (A00.FR.511).", nameof(CommonName));
        }

        if (Country is not null && !IsCountry(Country))
        {
            throw new ArgumentException("C must be two letters.", nameof(Country));
        }

        if (DomainComponent is not null)
        {
            Check(DomainComponent, nameof(DomainComponent));
            if (!DomainComponent.All(char.IsAscii))
            {
                throw new ArgumentException("DC must be ASCII.", nameof(DomainComponent));
            }
        }
    }

    /// <summary>Whether a CN is what A00.FR.511 forbids: a URL or an IP address, with or without a port.</summary>
    internal static bool IsUrlOrIpAddress(string commonName) =>
        commonName.Contains("://", StringComparison.Ordinal)
        || (LooksLikeAddress(commonName) && IPEndPoint.TryParse(commonName, out _));

    internal static bool IsCountry(string country) => country.Length == 2 && country.All(char.IsAsciiLetter);

    // A serial number of digits alone would parse as an IPv4 address, as would 1.2.
    private static bool LooksLikeAddress(string text) => text.Count(c => c == '.') == 3 || text.Contains(':');

    private static void Check(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (value.Length > MaxLength)
        {
            throw new ArgumentException($"{value.Length} characters; a subject takes {MaxLength}.", parameter);
        }

        if (value.Any(char.IsControl))
        {
            throw new ArgumentException("A subject takes no control characters.", parameter);
        }
    }
}
