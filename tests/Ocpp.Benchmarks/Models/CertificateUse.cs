namespace Ocpp.Benchmarks.Models;

internal enum CertificateUse
{
    ChargingStationCertificate,
    V2GCertificate,
}
