using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.V21;

namespace Ocpp.AspNetCore.Tests;

/// <summary>Signed messages between a client and an endpoint, over sockets.</summary>
public sealed class SignedMessageTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_station_and_a_CSMS_sign_and_verify_calls_responses_and_messages_that_go_one_way()
    {
        using var authority = new TestAuthority("Signers");
        using X509Certificate2 stationCertificate = authority.Issue("CN=station");
        using X509Certificate2 csmsCertificate = authority.Issue("CN=csms");
        var stationSigner = new OcppCertificateSigner(stationCertificate);
        var csmsSigner = new OcppCertificateSigner(csmsCertificate);
        var accepted = Channel.CreateUnbounded<(OcppMessageType, string)>();
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint
                    .On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = s_now })
                    .On<NotifyPeriodicEventStream>((_, _) => Task.CompletedTask),
            options =>
                options.Session = options.Session with
                {
                    SignedMessages = Verifying(stationCertificate) with
                    {
                        Signer = csmsSigner,
                        Accepted = (_, signature) =>
                            accepted.Writer.TryWrite((signature.MessageType, signature.Action)),
                    },
                },
            protocols: [Ocpp21Protocol.Instance]
        );
        var handlers = new OcppHandlers(
            Ocpp21Protocol.Instance,
            station =>
                station.On(
                    (ClearCacheRequest _) => new ClearCacheResponse { Status = ClearCacheStatusEnumType.Accepted }
                )
        );
        await using var client = new OcppClient(
            handlers,
            new OcppClientOptions
            {
                Url = csms.UrlOf(""),
                Identity = "CS-1",
                Session = new OcppSessionOptions
                {
                    SignedMessages = Verifying(csmsCertificate) with { Signer = stationSigner },
                },
            }
        );
        await client.ConnectAsync();
        OcppSession session = await csms.ConnectedAsync();

        var signed = new OcppCallOptions { Signer = stationSigner };
        Assert.Equal(s_now, (await client.CallAsync(new HeartbeatRequest(), signed)).CurrentTime);
        ClearCacheResponse cleared = await session.CallAsync(
            new ClearCacheRequest(),
            new OcppCallOptions { Signer = csmsSigner }
        );
        Assert.Equal(ClearCacheStatusEnumType.Accepted, cleared.Status);
        await client.SendAsync(
            new NotifyPeriodicEventStream
            {
                Id = 1,
                Pending = 0,
                Basetime = s_now,
                Data = [new StreamDataElementType { T = 0.5m, V = "1" }],
            },
            stationSigner
        );

        Assert.Equal(
            [
                (OcppMessageType.Call, "Heartbeat"),
                (OcppMessageType.CallResult, "ClearCache"),
                (OcppMessageType.Send, "NotifyPeriodicEventStream"),
            ],
            [await accepted.Reader.ReadAsync(), await accepted.Reader.ReadAsync(), await accepted.Reader.ReadAsync()]
        );
    }

    private static OcppSignedMessageOptions Verifying(X509Certificate2 peer) =>
        new()
        {
            FindCertificate = (session, signature) =>
                session.Identity == "CS-1" && signature.Thumbprint == peer.GetCertHashString(HashAlgorithmName.SHA256)
                    ? peer
                    : null,
        };
}
