using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Stations;

/// <summary>Reads and writes what a certificate is for by its name, never as a number.</summary>
internal sealed class CertificateUsesConverter()
    : JsonStringEnumConverter<CertificateUses>(namingPolicy: null, allowIntegerValues: false);
