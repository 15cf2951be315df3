using System.Text;
using Ocpp.Rpc;
using Ocpp.Tests.Json;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc;

/// <summary>
/// Frames that were cut or damaged on the way: an answer or a report, never an exception, never half a message.
/// </summary>
public sealed class FrameDamageTests
{
    private static readonly byte[][] s_frames =
    [
        Encoding.UTF8.GetBytes(
            "[2,\"id-7\",\"SignCertificate\",{\"csr\":\"-----BEGIN]\\n[é😀\\u20AC}{-----\",\"certificateType\":\"V2GCertificate\","
                + "\"customData\":{\"vendorId\":\"v\",\"x\":[1,{\"y\":[]}]}}]"
        ),
        Encoding.UTF8.GetBytes(
            "[2 , \"i\\u0064\" , \"BootNotification\" , {\"reason\":\"PowerUp\",\"chargingStation\":{\"model\":\"m\",\"vendorName\":\"]\"}} ] "
        ),
        Encoding.UTF8.GetBytes("[3,\"id-7\",{\"status\":\"Accepted\",\"statusInfo\":{\"reasonCode\":\"]\"}}]"),
        Encoding.UTF8.GetBytes("[4,\"id-7\",\"GenericError\",\"]\",{\"a\":[\"]\"]}]"),
        Encoding.UTF8.GetBytes("[6,\"id-7\",\"Notice\",{\"text\":\"]}é\\n\"}]"),
    ];

    [Fact]
    public void A_frame_cut_at_any_byte_never_yields_a_message()
    {
        foreach (byte[] frame in s_frames)
        {
            Assert.True(IsMessage(frame));
            int end = Array.LastIndexOf(frame, (byte)']');
            for (int length = 0; length <= end; length++)
            {
                Assert.False(IsMessage(frame.AsSpan(0, length)), $"{length} bytes of {Encoding.UTF8.GetString(frame)}");
            }
        }
    }

    [Fact]
    public void A_frame_damaged_anywhere_is_read_or_answered_or_reported()
    {
        for (int seed = 0; seed < 40_000; seed++)
        {
            var random = new Random(seed);
            byte[] message = Mutation.Apply(s_frames[random.Next(s_frames.Length)], random);
            bool isMessage = IsMessage(message);

            // What yields a message is JSON from end to end.
            Assert.True(!isMessage || Oracle.Accepts(message), $"seed {seed}: {Convert.ToHexString(message)}");
            if (!OcppFrame.TryRead(message, out _, out OcppFrameError error))
            {
                Assert.InRange(error.MessageId.EnumerateRunes().Count(), 0, OcppFrame.MaxMessageIdLength);
                if (error.NeedsAnswer)
                {
                    var answer = new System.Buffers.ArrayBufferWriter<byte>();
                    OcppFrame.WriteCallError(answer, error);
                    Assert.True(OcppFrame.TryRead(answer.WrittenSpan, out OcppFrame back, out _));
                    Assert.Equal((error.MessageId, error.ErrorCode), (back.MessageId, back.ErrorCode));
                }
            }
        }
    }

    private static bool IsMessage(ReadOnlySpan<byte> message)
    {
        if (!OcppFrame.TryRead(message, out OcppFrame frame, out _))
        {
            return false;
        }

        return frame.MessageType switch
        {
            OcppMessageType.Call when Ocpp201Protocol.Instance.FindAction(frame.Utf8Action) is { } action =>
                action.ReadRequest(frame.Payload, out _) is not null,
            OcppMessageType.CallResult => OcppJson.TryParse(frame.Payload, out SignCertificateResponse? _, out _),
            OcppMessageType.CallError => true,
            OcppMessageType.Send => frame.Action == "Notice" && OcppJson.TryParse(frame.Payload, out Notice? _, out _),
            _ => false,
        };
    }
}
