var url = new Uri(args.ElementAtOrDefault(0) ?? "wss://localhost:7201/ocpp");
string identity = args.ElementAtOrDefault(1) ?? "CS-1";
string data = Directory.CreateDirectory("data").FullName;
var roots = new X509Certificate2Collection(); // of the CSMS's server, and of the certificates that stations get
Array.ForEach(Directory.GetFiles("roots", "*.pem"), roots.ImportFromPemFile);

StationBoot? boot = null;
V201Transaction? transaction = null;
var signing = new V201StationSigning
{
    OtherTriggers = (request, context) => Task.FromResult(boot!.Trigger(request, context)),
};
await using var certificates = await StationCertificates.OpenAsync(new StationCertificatesOptions
{
    Versions = [signing], OrganizationName = "Example Charging", SerialNumber = identity, TrustedRoots = roots,
    Keys = new FileKeyStore(Path.Combine(data, "keys")), StateFile = Path.Combine(data, "certificates.json"),
    Reported = report => Console.WriteLine(report),
});
OcppHandlers handlers = certificates.AddTo(new OcppHandlers(Ocpp201Protocol.Instance));
await using var client = new OcppClient(handlers, await certificates.ApplyToAsync(new OcppClientOptions
{
    Url = url, Identity = identity, TrustedRoots = roots, RetryFirstConnection = true,
    Password = Environment.GetEnvironmentVariable("OCPP_PASSWORD"), // until there is a certificate
}));
var description = new ChargingStationType { VendorName = "Example", Model = "Model 1", SerialNumber = identity };
boot = new StationBoot(client, new StationBootOptions { Versions = [new V201Station(description)] });
boot.AddTo(client);
await using var queue = MessageQueue.Open(new MessageQueueOptions
{
    Path = Path.Combine(data, "queue"), Reported = report => Console.WriteLine(report),
    Responded = (message, response) => transaction!.Responded(message, response),
});
DeviceModel model = DeviceModel.Open(new DeviceModelOptions { Path = Path.Combine(data, "variables") });
model.AddVariablesOf(boot);
model.AddVariablesOf(queue);
model.AddVariablesOf(client);
model.Component("EVSE", evseId: 1).AddBoolean("Available", true, VariableOptions.ReadOnly);
model.AddTo(client, boot);
transaction = new V201Transaction(queue, new V201TransactionOptions { EvseId = 1, TimeProvider = boot.Clock });
transaction.Stop(TransactionStopReason.PowerLoss); // one that the last run has left
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; stop.Cancel(); });
Task running = Task.WhenAll(boot.RunAsync(stop.Token), queue.RunAsync(boot, stop.Token));
await client.ConnectAsync();
await boot.CallAsync(new StatusNotificationRequest // waits until the CSMS has accepted the station
{
    Timestamp = boot.Clock.GetUtcNow(), ConnectorStatus = ConnectorStatusEnumType.Available, EvseId = 1, ConnectorId = 1
});
certificates.Use(client);
if (await certificates.GetCurrentAsync(CertificateUses.CsmsConnection) is null)
{
    await certificates.RequestAsync(CertificateUses.CsmsConnection);
}

transaction.EvConnected(); // what the hardware says; here, all of it at once
transaction.Authorize(new IdTokenType { IdToken = "04A2B3C4", Type = IdTokenEnumType.ISO14443 });
transaction.EnergyTransferStarted();
transaction.EvDisconnected();
await running;
