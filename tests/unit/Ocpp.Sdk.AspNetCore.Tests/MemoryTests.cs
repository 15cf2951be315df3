using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class MemoryTests
{
    private const int MostBytes = 40_000_000;

    [Fact]
    public async Task A_station_that_sends_what_takes_the_most_memory_holds_less_than_40_MB()
    {
        var held = new TaskCompletionSource();
        var received = Channel.CreateUnbounded<int>();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint.On<AuthorizeRequest, AuthorizeResponse>(
                    async (_, _) =>
                    {
                        await held.Task;
                        return new AuthorizeResponse
                        {
                            IdTokenInfo = new IdTokenInfoType { Status = AuthorizationStatusEnumType.Accepted },
                        };
                    }
                ),
            options =>
                options.SessionFor = (_, session) =>
                    session with
                    {
                        HandlerTimeout = CsmsHost.Patience,
                        FrameTap = (_, isSent, frame) =>
                        {
                            if (!isSent)
                            {
                                received.Writer.TryWrite(frame.Length);
                            }
                        },
                    }
        );
        using ClientWebSocket station = await csms.OpenAsync("CS-1");
        string infos = string.Join(
            ',',
            Enumerable.Repeat("""{"additionalIdToken":"a","type":"t","customData":{"vendorId":"v","x":1}}""", 14_000)
        );
        byte[] message = Encoding.UTF8.GetBytes(
            $$$"""[2,"1","Authorize",{"idToken":{"idToken":"i","type":"Central","additionalInfo":[{{{infos}}}]}}]"""
        );
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Task sending = Task.Run(async () =>
        {
            for (byte i = 0; i < 17; i++)
            {
                message[4] = (byte)('A' + i);
                await station.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        });

        // One is handled and one waits: what follows is not read.
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(message.Length, await received.Reader.ReadAsync().AsTask().WaitAsync(CsmsHost.Patience));
        }

        long most = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(most < MostBytes, $"{most} bytes");
        Assert.False(received.Reader.TryRead(out _));
        held.SetResult();
        for (int i = 0; i < 17; i++)
        {
            Assert.NotNull(await station.ReceiveTextAsync());
        }

        await sending;
    }
}
