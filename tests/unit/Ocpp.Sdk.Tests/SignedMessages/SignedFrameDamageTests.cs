using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.Tests.Rpc;
using Ocpp.Tests.Rpc.Sessions;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;
using static Ocpp.Tests.SignedMessages.SignatureCertificates;

namespace Ocpp.Tests.SignedMessages;

/// <summary>A signed frame with damage anywhere: it is never accepted, and the session goes on.</summary>
public sealed class SignedFrameDamageTests
{
    [Fact]
    public async Task A_signed_request_damaged_anywhere_is_refused_and_reported_and_never_handled()
    {
        int handled = 0;
        await using var line = Line.Open(
            handlers =>
                handlers.On(
                    (DataTransferRequest _) =>
                    {
                        Interlocked.Increment(ref handled);
                        return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
                    }
                ),
            options =>
                options with
                {
                    MaxMessagesPerSecond = 100_000,
                    SignedMessages = new OcppSignedMessageOptions
                    {
                        FindCertificate = (_, signature) =>
                            signature.Thumbprint is null
                            || signature.Thumbprint == P256.GetCertHashString(HashAlgorithmName.SHA256)
                                ? P256
                                : null,
                    },
                }
        );
        byte[] frame = await SignedFrameAsync();
        await line.SendAsync(frame);
        Assert.Equal("""[3,"1",{"status":"Accepted"}]""", await line.ReceiveAsync());
        Assert.Equal(1, handled);

        var random = new Random(20261127);
        int first = frame.AsSpan().IndexOf("\"DataTransfer-Signed\""u8);
        for (int i = 0; i < 2000; i++)
        {
            // Behind the id: the answers can then be told apart from one to another message.
            byte[] damaged = (byte[])frame.Clone();
            int place = random.Next(first, damaged.Length);
            damaged[place] = Damage(damaged[place], random);

            // Each is answered or reported, and the session goes on, as the next message shows.
            await line.SendAsync(damaged);
            string answer = await line.ReceiveAsync();
            Assert.True(
                answer.StartsWith("[4,\"1\",", StringComparison.Ordinal),
                $"Byte {place} as {damaged[place]}: {answer}"
            );
            OcppReportKind kind = (await line.ReportAsync()).Kind;
            Assert.True(
                kind
                    is OcppReportKind.SignatureRefused
                        or OcppReportKind.UnsupportedAction
                        or OcppReportKind.InvalidFrame,
                $"Byte {place} as {damaged[place]}: {kind}"
            );
        }

        Assert.Equal(1, handled);
        await line.SendAsync(frame);
        Assert.Equal("""[3,"1",{"status":"Accepted"}]""", await line.ReceiveAsync());
    }

    /// <summary>Another printable character: bytes that are no UTF-8 end the connection before they are read.</summary>
    private static byte Damage(byte right, Random random)
    {
        byte wrong;
        do
        {
            wrong = (byte)random.Next(' ', 0x7F);
        } while (wrong == right);

        return wrong;
    }

    /// <summary>A frame as this library sends it.</summary>
    private static async Task<byte[]> SignedFrameAsync()
    {
        await using var line = Line.Open(configure: options =>
            options with
            {
                SignedMessages = new OcppSignedMessageOptions { FindCertificate = (_, _) => null },
            }
        );
        _ = line.Session.CallAsync(
            new DataTransferRequest { VendorId = "vendor", MessageId = "message" },
            new OcppCallOptions { Signer = new OcppCertificateSigner(P256) }
        );

        // Its id is in what is signed: the frame is made anew with one that the test knows.
        FrameSnapshot sent = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        (JsonObject header, string payload) = TestJws.Open(sent.Payload, P256);
        header["OCPPMessageId"] = "1";
        return Encoding.UTF8.GetBytes(
            Call("1", "DataTransfer-Signed", TestJws.Sign(P256, header, payload).ToJsonString())
        );
    }
}
