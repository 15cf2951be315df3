using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Samples;

/// <summary>The two parts of a subject that OCPP gives a meaning to.</summary>
internal static class SubjectName
{
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    extension(X500DistinguishedName name)
    {
        /// <summary>O: the operator. Empty unless the name has exactly one that can be read.</summary>
        public string Organization => name.Find(OrganizationOid);

        /// <summary>CN: the station's serial number. Empty unless the name has exactly one that can be read.</summary>
        public string CommonName => name.Find(CommonNameOid);

        private string Find(string oid)
        {
            try
            {
                X500RelativeDistinguishedName[] parts =
                [
                    .. name.EnumerateRelativeDistinguishedNames()
                        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid),
                ];
                return parts.Length == 1 ? parts[0].GetSingleElementValue() ?? "" : "";
            }
            catch (CryptographicException)
            {
                return "";
            }
        }
    }
}
