using Ocpp.Certificates.Versions;

namespace Ocpp.Certification.Tests;

/// <summary>
/// The messages of certificate signing in one version of OCPP, as the tester sends and receives them: written out,
/// because the SDK's own way from a version's messages to certificate signing is what is tested.
/// </summary>
internal abstract class TestMessages
{
    public static TestMessages V16 { get; } = new TestMessages16();

    public static TestMessages V201 { get; } = new TestMessages201();

    public static TestMessages V21 { get; } = new TestMessages21();

    public static IReadOnlyList<TestMessages> All { get; } = [V21, V201, V16];

    public static TestMessages Of(OcppSession session) => All.Single(version => version.Protocol == session.Protocol);

    public abstract OcppProtocol Protocol { get; }

    /// <summary>The tested way of a CSMS.</summary>
    public abstract CsmsSigningVersion CsmsSigning { get; }

    /// <summary>The tested way of a station.</summary>
    public abstract StationSigningVersion StationSigning { get; }

    /// <summary>What asks for a CSR for the station's own certificate.</summary>
    public abstract string Trigger { get; }

    /// <summary>The certificateType of that certificate, where there is one.</summary>
    public abstract string? CertificateType { get; }

    /// <summary>The security event of a station that got an invalid certificate.</summary>
    public abstract string InvalidCertificateEvent { get; }

    /// <summary>Why a station rejects an invalid certificate, where the version says it.</summary>
    public abstract string? InvalidCertificateReason { get; }

    /// <summary>The request id of the tester's SignCertificate, where there is one.</summary>
    public virtual int? RequestId => null;

    /// <summary>Handles what a CSMS gets beside certificate signing: Heartbeats and security events.</summary>
    public abstract void AddBasics(IOcppHandlers csms, Action<string> reported);

    /// <summary>Handles SignCertificate, in the place of the CSMS.</summary>
    public abstract void AddCsms(IOcppHandlers csms, Func<CsrMessage, MessageAnswer> requested);

    /// <summary>Handles triggers, which are accepted, and CertificateSigned, in the place of the station.</summary>
    public abstract void AddStation(
        IOcppHandlers station,
        Action<string> triggered,
        Func<ChainMessage, MessageAnswer> signed
    );

    /// <summary>Sends a trigger.</summary>
    /// <returns>The status of its answer.</returns>
    public abstract Task<string> TriggerAsync(OcppSession station, string requestedMessage);

    /// <summary>Sends CertificateSigned.</summary>
    public abstract Task<MessageAnswer> DeliverAsync(OcppSession station, ChainMessage message);

    /// <summary>Sends SignCertificate.</summary>
    public abstract Task<MessageAnswer> SubmitAsync(OcppClient client, CsrMessage message);

    public abstract Task HeartbeatAsync(OcppClient client);

    /// <summary>Sends a security event.</summary>
    public abstract Task ReportAsync(OcppClient client, string securityEvent);
}
