using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>The two parts of a subject that OCPP gives a meaning to.</summary>
internal static class SubjectName
{
    /// <summary>X.520 allows no longer O and CN.</summary>
    public const int MaxLength = 64;

    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    extension(X500DistinguishedName name)
    {
        /// <summary>O: the operator (A00.FR.509). Empty unless the name has exactly one that can be read.</summary>
        public string Organization => name.Find(OrganizationOid);

        /// <summary>CN: the station's serial number (A00.FR.511). Empty unless the name has exactly one that can be read.</summary>
        public string CommonName => name.Find(CommonNameOid);

        private string Find(string oid)
        {
            try
            {
                X500RelativeDistinguishedName[] parts = [.. name.EnumerateRelativeDistinguishedNames()];

                // A part with several elements could hide a second name from whoever looks at single ones only.
                X500RelativeDistinguishedName[] found =
                    [.. parts.Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)];
                return found.Length == 1 && !parts.Any(part => part.HasMultipleElements) ? found[0].GetSingleElementValue() ?? "" : "";
            }
            catch (CryptographicException)
            {
                return "";
            }
        }
    }

    /// <summary>O, then CN: from the general to the particular.</summary>
    public static X500DistinguishedName Build(string organization, string commonName)
    {
        // The builder puts what is added last in front.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        subject.AddOrganizationName(organization);
        return subject.Build();
    }

    /// <summary>Whether a CN is what A00.FR.511 forbids: a URL or an IP address, with or without a port.</summary>
    public static bool IsUrlOrIpAddress(string commonName) =>
        commonName.Contains("://", StringComparison.Ordinal) ||
        (LooksLikeAddress(commonName) && IPEndPoint.TryParse(commonName, out _));

    // A serial number of digits alone would parse as an IPv4 address, as would 1.2.
    private static bool LooksLikeAddress(string text) => text.Count(c => c == '.') == 3 || text.Contains(':');
}
