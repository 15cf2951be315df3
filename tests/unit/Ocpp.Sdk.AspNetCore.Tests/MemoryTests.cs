using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary>What connections hold. No other test runs beside these, because the heap is that of the process.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
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

    [Fact]
    public async Task What_only_the_handshake_needs_is_not_held_as_long_as_the_connection()
    {
        var store = new OneStation();
        var transformation = new Transformation();
        var user = new TaskCompletionSource<ClaimsPrincipal?>();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint.On(
                    (HeartbeatRequest _, OcppRequestContext context) =>
                    {
                        user.SetResult(context.GetHttpContext()!.Features.Get<IHttpAuthenticationFeature>()?.User);
                        return Answers.Heartbeat;
                    }
                ),
            store: store,
            services: services => services.AddScoped<IClaimsTransformation>(_ => transformation)
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        await station.CallAsync(new HeartbeatRequest());

        Assert.True(transformation.IsDisposed);
        Assert.Null(await user.Task);
        await Collected.UntilAsync(() => !store.Account.IsAlive);
        Assert.True(station.IsOpen);
    }

    /// <summary>Keeps no account itself.</summary>
    private sealed class OneStation : IOcppStationStore
    {
        public WeakReference Account { get; private set; } = new(null);

        public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken)
        {
            var account = new OcppStationAccount { Identity = login.Identity, AllowAnonymous = true };
            Account = new WeakReference(account);
            return ValueTask.FromResult<OcppStationAccount?>(account);
        }
    }

    /// <summary>A service of the authentication, which its scope disposes of.</summary>
    private sealed class Transformation : IClaimsTransformation, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(principal);

        public void Dispose() => IsDisposed = true;
    }
}
