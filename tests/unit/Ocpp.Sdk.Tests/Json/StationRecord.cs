using Ocpp.V201;

namespace Ocpp.Tests.Json;

/// <summary>A user's own type that holds messages of the SDK.</summary>
public sealed class StationRecord
{
    public string? Name { get; set; }

    public SignCertificateRequest? Request { get; set; }

    public CertificateSigningUseEnumType Use { get; set; }

    public CertificateSigningUseEnumType? OtherUse { get; set; }

    public List<SignCertificateRequest>? History { get; set; }

    public Dictionary<RegistrationStatusEnumType, int>? Counts { get; set; }

    public int Last { get; set; }
}
