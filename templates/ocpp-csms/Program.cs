using Ocpp;
using Ocpp.AspNetCore;
using Ocpp.Certificates.V201;
using Ocpp.V201;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string data = Directory.CreateDirectory(builder.Configuration["Data"] ?? "data").FullName;

builder.Services.AddOcpp()
    .AddStationStore<ConfiguredStations>(ServiceLifetime.Singleton)
    .AddCertificateSigning(signing =>
    {
        signing.OrganizationName = builder.Configuration["Operator"];
        signing.Versions.Add(V201CsmsSigning.Instance);
        signing.LocalAuthorityFolder = Path.Combine(data, "ca"); // its root: authority/root.crt.pem
    })
    .UseSqlite(Path.Combine(data, "signing.db"));
builder.Services.AddAuthentication().AddJwtBearer(); // dotnet user-jwts create
builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireRole("operator"));
builder.WebHost.ConfigureKestrel(kestrel => kestrel.UseStationCertificates());

WebApplication app = builder.Build();
app.MapOcppOperator("/api/stations").MapCertificateSigning().RequireAuthorization("operators");
var events = new OcppTransactionEvents();
app.MapOcpp("/ocpp", Ocpp201Protocol.Instance, csms =>
{
    csms.RequireProfile(OcppSecurityProfile.TlsBasic, OcppSecurityProfile.ClientCertificate).RequireRegistration();
    csms.On((BootNotificationRequest _) => new BootNotificationResponse
    {
        Status = RegistrationStatusEnumType.Accepted, CurrentTime = DateTimeOffset.UtcNow, Interval = 300,
    });
    csms.On((AuthorizeRequest _) => new AuthorizeResponse
    {
        IdTokenInfo = new IdTokenInfoType { Status = AuthorizationStatusEnumType.Accepted }, // look it up here
    });
    csms.On((HeartbeatRequest _) => new HeartbeatResponse { CurrentTime = DateTimeOffset.UtcNow });
    csms.On((StatusNotificationRequest _) => new StatusNotificationResponse());
    csms.On((SecurityEventNotificationRequest _) => new SecurityEventNotificationResponse());
    csms.On((NotifyReportRequest _) => new NotifyReportResponse());
    csms.On((TransactionEventRequest request, OcppRequestContext context) => events.HandleOnceAsync(
        context.Session.Identity, request.TransactionInfo.TransactionId, request.SeqNo, () =>
        {
            // Store the event here. It is handled once, although a station sends it again after a lost response.
            app.Logger.LogInformation("{Station}: {Event} of a transaction, number {Number}",
                context.Session.Identity, request.EventType, request.SeqNo);
            return Task.FromResult(new TransactionEventResponse());
        }));
});
app.Run();

/// <summary>The stations of appsettings.json, with hashes of their passwords. Replace it by your database.</summary>
sealed class ConfiguredStations(IConfiguration configuration) : IOcppStationStore
{
    public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
        ValueTask.FromResult(configuration.GetSection("Stations").GetChildren()
            .Where(one => OcppIdentity.Comparer.Equals(one.Key, login.Identity))
            .Select(one => new OcppStationAccount { Identity = one.Key, PasswordHash = one["PasswordHash"] })
            .FirstOrDefault());
}
