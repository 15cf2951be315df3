using System.Buffers;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Tests;

/// <summary>
/// What reading and writing take from the heap, to the byte: the record and its texts, and nothing else.
/// </summary>
public sealed class AllocationTests
{
    private static readonly string s_pem = string.Concat(Enumerable.Repeat("MIIBVTCB+/AIBADA=\n", 60));

    private static readonly SignCertificateRequest s_request = new()
    {
        Csr = s_pem,
        CertificateType = CertificateSigningUseEnumType.V2GCertificate,
    };

    private static readonly byte[] s_payload = OcppJson.ToUtf8Bytes(s_request);

    private static readonly byte[] s_plainPayload = OcppJson.ToUtf8Bytes(
        s_request with
        {
            Csr = new string('c', 2_000),
        }
    );

    private static readonly byte[] s_beyondAscii = OcppJson.ToUtf8Bytes(s_request with { Csr = new string('€', 300) });

    private static readonly byte[] s_frame = Encoding.UTF8.GetBytes(
        $"[2,\"0123456789abcdef0123456789abcdef0123\",\"SignCertificate\",{Encoding.UTF8.GetString(s_payload)}]"
    );

    private static readonly ArrayBufferWriter<byte> s_output = new(16_384);

    private static object? s_kept;

    private static long Record => Measure(static () => s_kept = new SignCertificateRequest { Csr = s_pem });

    [Fact]
    public void Reading_a_PEM_text_takes_the_record_and_the_text() =>
        Assert.Equal(
            Record + Text(s_pem.Length),
            Measure(static () => s_kept = OcppJson.Parse<SignCertificateRequest>(s_payload))
        );

    [Fact]
    public void Reading_a_plain_text_takes_the_record_and_the_text() =>
        Assert.Equal(
            Record + Text(2_000),
            Measure(static () => s_kept = OcppJson.Parse<SignCertificateRequest>(s_plainPayload))
        );

    [Fact]
    public void Reading_a_short_text_that_was_read_before_takes_the_record_alone()
    {
        byte[] payload = OcppJson.ToUtf8Bytes(s_request with { Csr = "short" });
        Assert.Equal(Record, Measure(() => s_kept = OcppJson.Parse<SignCertificateRequest>(payload)));
    }

    [Fact]
    public void Reading_a_text_beyond_ASCII_takes_the_record_and_the_text() =>
        Assert.Equal(
            Record + Text(300),
            Measure(static () => s_kept = OcppJson.Parse<SignCertificateRequest>(s_beyondAscii))
        );

    [Fact]
    public void Reading_a_frame_takes_its_message_id() =>
        Assert.Equal(
            Text(36),
            Measure(static () =>
            {
                OcppFrame.TryRead(s_frame, out OcppFrame frame, out _);
                s_kept = frame.MessageId;
            })
        );

    [Fact]
    public void Finding_the_action_of_a_frame_takes_nothing() =>
        Assert.Equal(0, Measure(static () => s_kept = Ocpp201Protocol.Instance.FindAction("SignCertificate"u8)));

    [Fact]
    public void Writing_a_payload_into_a_buffer_that_is_there_takes_nothing() =>
        Assert.Equal(
            0,
            Measure(static () =>
            {
                s_output.ResetWrittenCount();
                OcppJson.Write(s_output, s_request);
            })
        );

    [Fact]
    public void Writing_a_CALL_into_a_buffer_that_is_there_takes_nothing() =>
        Assert.Equal(
            0,
            Measure(static () =>
            {
                s_output.ResetWrittenCount();
                OcppFrame.WriteCall(s_output, "0123456789abcdef0123456789abcdef0123", s_request);
            })
        );

    [Fact]
    public void Writing_a_time_and_a_number_takes_nothing() =>
        Assert.Equal(
            0,
            Measure(static () =>
            {
                s_output.ResetWrittenCount();
                OcppJson.Write(s_output, s_answer);
            })
        );

    private static readonly BootNotificationResponse s_answer = new()
    {
        CurrentTime = new DateTimeOffset(2026, 1, 31, 12, 34, 56, 789, TimeSpan.Zero),
        Interval = 300,
        Status = RegistrationStatusEnumType.Accepted,
    };

    private static long Text(int length) => Measure(() => s_kept = new string('x', length));

    /// <summary>
    /// The bytes that this thread takes from the heap. The least of several runs: the first ones also load types.
    /// </summary>
    private static long Measure(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 20; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
