using System.Text;
using Ocpp;
using Ocpp.V201;

namespace CertificateSigning;

/// <summary>
/// A station that was not built with this SDK. It has to be: a record that breaks the rules of its message can't be
/// written, only read and refused.
/// </summary>
internal static class ForeignStation
{
    private const string MessageId = "foreign-1";

    /// <summary>A SignCertificate whose CSR is one character longer than it may be.</summary>
    public static string LongCsr { get; } = Call(
        csr: new string('A', SignCertificateRequest.CsrMaxLength + 1), certificateType: "ChargingStationCertificate");

    /// <summary>A SignCertificate for a use that OCPP 2.0.1 does not know.</summary>
    public static string UnknownCertificateType { get; } = Call(csr: "A", certificateType: "Passport");

    /// <summary>Sends a call, and waits for the answer.</summary>
    /// <returns>
    /// The error code of the CALLERROR; <see langword="null"/> when the call was answered otherwise, or not at all.
    /// </returns>
    public static async Task<OcppErrorCode?> SendAsync(WireEnd wire, string call)
    {
        await wire.SendAsync(Encoding.UTF8.GetBytes(call));
        ReadOnlyMemory<byte>? answer = await wire.ReceiveAsync();
        wire.Close();
        return OcppFrame.TryRead(answer.GetValueOrDefault().Span, out OcppFrame frame, out _) &&
            frame is { MessageType: OcppMessageType.CallError, MessageId: MessageId }
                ? frame.ErrorCode
                : null;
    }

    private static string Call(string csr, string certificateType) =>
        $$"""[2,"{{MessageId}}","SignCertificate",{"csr":"{{csr}}","certificateType":"{{certificateType}}"}]""";
}
