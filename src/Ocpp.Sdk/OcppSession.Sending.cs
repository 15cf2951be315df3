using Ocpp.Rpc;

namespace Ocpp;

// What the application sees of frames.
public sealed partial class OcppSession
{
    private void OnSending(OcppMessageType type, ReadOnlyMemory<byte> frame)
    {
        OcppLog.Frame(Options.Logger, _printableIdentity, "sent", type, frame.Length);
        Tap(isSent: true, frame.Span);
    }

    private void Tap(bool isSent, ReadOnlySpan<byte> frame)
    {
        try
        {
            Options.FrameTap?.Invoke(this, isSent, frame);
        }
#pragma warning disable CA1031 // What the application's call-back throws must not end the connection; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.CallBackFailed(Options.Logger, exception, _printableIdentity);
        }
    }
}
