// A CSMS and a station, native: the station connects with its password, and a class with an injected service answers
// it.
using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;
using Ocpp.Rpc;
using Ocpp.V201;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddHealthChecks().AddOcpp();
builder.Services.AddOcpp().AddStationStore<OneStation>(ServiceLifetime.Singleton);
await using WebApplication app = builder.Build();
app.MapOcpp(
    "/ocpp",
    Ocpp201Protocol.Instance,
    csms => csms.RequireProfile(OcppSecurityProfile.Basic).Handle<HeartbeatHandler>()
);
app.MapHealthChecks("/health");
await app.StartAsync();

await using var station = new OcppClient(
    new OcppHandlers(Ocpp201Protocol.Instance),
    new OcppClientOptions
    {
        Url = new Uri($"{app.Urls.Single().Replace("http", "ws")}/ocpp"),
        Identity = OneStation.Identity,
        Password = OneStation.Password,
    }
);
await station.ConnectAsync();
HeartbeatResponse answer = await station.CallAsync(new HeartbeatRequest());
Console.WriteLine(
    $"{answer.CurrentTime:O}, {app.Services.GetRequiredService<OcppConnectionRegistry>().Count} connected"
);
await station.CloseAsync();
await app.StopAsync();
return 0;

internal sealed class OneStation : IOcppStationStore
{
    public const string Identity = "CS-1";
    public const string Password = "correct-horse-battery";

    private readonly OcppStationAccount _station = new()
    {
        Identity = Identity,
        PasswordHash = OcppPassword.Hash(Password),
    };

    public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
        ValueTask.FromResult(OcppIdentity.Comparer.Equals(login.Identity, Identity) ? _station : null);
}

internal sealed class HeartbeatHandler(TimeProvider clock) : IOcppHandler<HeartbeatRequest, HeartbeatResponse>
{
    public Task<HeartbeatResponse> HandleAsync(HeartbeatRequest request, OcppRequestContext context) =>
        Task.FromResult(new HeartbeatResponse { CurrentTime = clock.GetUtcNow() });
}
