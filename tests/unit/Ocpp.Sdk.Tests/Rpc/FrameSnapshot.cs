using System.Text;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

/// <summary>What <see cref="OcppFrame.TryRead"/> said, as values that can be compared and kept.</summary>
internal sealed record FrameSnapshot(
    OcppMessageType MessageType,
    string MessageId,
    string Action = "",
    string Payload = "",
    OcppErrorCode ErrorCode = default,
    string? ErrorCodeName = null,
    string ErrorDescription = "",
    string ErrorDetails = ""
)
{
    public static FrameSnapshot? Read(string message, out OcppFrameError error) =>
        Read(Encoding.UTF8.GetBytes(message), out error);

    public static FrameSnapshot? Read(ReadOnlySpan<byte> message, out OcppFrameError error)
    {
        if (!OcppFrame.TryRead(message, out OcppFrame frame, out error))
        {
            return null;
        }

        Assert.Equal(default, error);
        return new FrameSnapshot(
            frame.MessageType,
            frame.MessageId,
            frame.Action,
            Encoding.UTF8.GetString(frame.Payload),
            frame.ErrorCode,
            frame.ErrorCodeName,
            frame.ErrorDescription,
            Encoding.UTF8.GetString(frame.ErrorDetails)
        );
    }
}
