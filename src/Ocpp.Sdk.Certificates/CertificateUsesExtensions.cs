namespace Ocpp.Certificates;

internal static class CertificateUsesExtensions
{
    private const CertificateUses Cars = CertificateUses.Iso15118 | CertificateUses.Iso15118Part20;

    extension(CertificateUses uses)
    {
        /// <summary>Whether the certificate is for cars (V2G), and perhaps for the CSMS as well.</summary>
        public bool ServesV2G => (uses & Cars) != CertificateUses.None;

        /// <summary>Whether the certificate is for cars alone: it has the subject and the roots of V2G.</summary>
        public bool IsV2G => uses.ServesV2G && !uses.HasFlag(CertificateUses.CsmsConnection);
    }
}
