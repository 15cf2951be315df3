// A CSMS in a native app: a station connects with its password, and a class with an injected service answers it.
using System.Net.WebSockets;
using System.Text;
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.V201;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHealthChecks().AddOcpp();
builder.Services.AddOcpp().AddStationStore<OneStation>(ServiceLifetime.Singleton);
await using WebApplication app = builder.Build();
app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, csms => csms
    .RequireProfile(OcppSecurityProfile.Basic)
    .On<HeartbeatRequest, HeartbeatResponse, HeartbeatHandler>());
app.MapHealthChecks("/health");
await app.StartAsync();

using var socket = new ClientWebSocket();
socket.Options.AddSubProtocol(Ocpp201Protocol.Instance.Subprotocol);
socket.Options.SetRequestHeader("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{OneStation.Identity}:{OneStation.Password}"))}");
await socket.ConnectAsync(new Uri($"{app.Urls.Single().Replace("http", "ws")}/ocpp/{OneStation.Identity}"), CancellationToken.None);
await using var station = new OcppSession(socket, new OcppHandlers(Ocpp201Protocol.Instance), OneStation.Identity);
_ = station.RunAsync();
HeartbeatResponse answer = await station.CallAsync(new HeartbeatRequest());
Console.WriteLine($"{answer.CurrentTime:O}, {app.Services.GetRequiredService<OcppStations>().Count} connected");
await app.StopAsync();
Console.WriteLine(await station.Completion);
return 0;

internal sealed class OneStation : IOcppStationStore
{
    public const string Identity = "CS-1";
    public const string Password = "correct-horse-battery";

    private readonly OcppStation _station = new() { PasswordHash = OcppPassword.Hash(Password) };

    public ValueTask<OcppStation?> FindAsync(string identity, CancellationToken cancellationToken) =>
        ValueTask.FromResult(OcppIdentity.Comparer.Equals(identity, Identity) ? _station : null);
}

internal sealed class HeartbeatHandler(TimeProvider clock) : IOcppHandler<HeartbeatRequest, HeartbeatResponse>
{
    public Task<HeartbeatResponse> HandleAsync(HeartbeatRequest request, OcppSession session, CancellationToken cancellationToken) =>
        Task.FromResult(new HeartbeatResponse { CurrentTime = clock.GetUtcNow() });
}
