using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp;
using Ocpp.Rpc;
using Ocpp.V201;
using Station;

namespace CertificateSigning;

/// <summary>
/// A station that was not built with this SDK. It has to be: a record that breaks the rules of its message can't be
/// written, only read and refused.
/// </summary>
internal static class ForeignStation
{
    private const string MessageId = "foreign-1";

    /// <summary>A SignCertificate whose CSR is one character longer than it may be.</summary>
    public static string LongCsr { get; } =
        Call(
            csr: new string('A', SignCertificateRequest.CsrMaxLength + 1),
            certificateType: "ChargingStationCertificate"
        );

    /// <summary>A SignCertificate for a use that OCPP 2.0.1 does not know.</summary>
    public static string UnknownCertificateType { get; } = Call(csr: "A", certificateType: "Passport");

    /// <summary>Connects, sends a call, and waits for the answer.</summary>
    /// <returns>
    /// The error code of the CALLERROR; <see langword="null"/> when the call was answered otherwise.
    /// </returns>
    public static async Task<OcppErrorCode?> CallAsync(OcppClientOptions connection, string call)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using ClientWebSocket socket = await ConnectAsync(connection, timeout.Token);

        byte[] frame = Encoding.UTF8.GetBytes(call);
        FrameText.Print(Ocpp201Protocol.Instance, isSent: true, frame);
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, timeout.Token);

        byte[] buffer = new byte[4096]; // a CALLERROR is far shorter
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, timeout.Token);
        FrameText.Print(Ocpp201Protocol.Instance, isSent: false, buffer.AsSpan(0, received.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        return CodeOf(buffer.AsSpan(0, received.Count));
    }

    private static async Task<ClientWebSocket> ConnectAsync(
        OcppClientOptions connection,
        CancellationToken cancellationToken
    )
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        trust.CustomTrustStore.AddRange(connection.TrustedRoots!);
        using var http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
            }
        );

        string credentials = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{connection.Identity}:{connection.Password}")
        );
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Ocpp201Protocol.Instance.Subprotocol);
        socket.Options.SetRequestHeader(
            "Authorization",
            new AuthenticationHeaderValue("Basic", credentials).ToString()
        );
        await socket.ConnectAsync(connection.ConnectionUrl, http, cancellationToken);
        return socket;
    }

    private static OcppErrorCode? CodeOf(ReadOnlySpan<byte> answer) =>
        OcppFrame.TryRead(answer, out OcppFrame frame, out _)
        && frame is { MessageType: OcppMessageType.CallError, MessageId: MessageId }
            ? frame.ErrorCode
            : null;

    private static string Call(string csr, string certificateType) =>
        $$"""[2,"{{MessageId}}","SignCertificate",{"csr":"{{csr}}","certificateType":"{{certificateType}}"}]""";
}
