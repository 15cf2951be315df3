using Ocpp.Rpc;

namespace Ocpp;

// What the application sees of frames.
public sealed partial class OcppSession
{
    void ISessionOfParts.OnSending(OcppMessageType type, ReadOnlyMemory<byte> frame)
    {
        OcppLog.Frame(Options.Logger, _printableIdentity, "sent", type, frame.Length);
        Tap(isSent: true, frame.Span);
    }

    private void Tap(bool isSent, ReadOnlySpan<byte> frame)
    {
        if (Options.FrameTap is { } tap)
        {
            Callbacks.Invoke(tap, this, isSent, frame);
        }
    }
}
