// A station, native: it makes a key, sends its CSR to a CSMS over loopback, and takes the chain that the CSMS sends.
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Ocpp;
using Ocpp.Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.Rpc;
using Ocpp.V201;

const string Operator = "Example Charging";
const string Serial = "EX-0001";
string folder = Directory.CreateTempSubdirectory("station-").FullName;
using var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();

// The CSMS: it signs at once, and sends the chain after its response.
using var authority = LocalCertificateAuthority.Open(Path.Combine(folder, "ca"), new() { OrganizationName = Operator });
var csms = new OcppHandlers(Ocpp201Protocol.Instance);
csms.On(
    (SignCertificateRequest request, OcppRequestContext context) =>
    {
        context.OnCompleted(async () =>
        {
            CertificateSigningRequest.TryRead(request.Csr, out CertificateSigningRequest? csr, out _);
            CertificateAuthorityAnswer answer = await authority.SignAsync(
                new SigningOrder(csr!, CertificateUses.CsmsConnection)
            );
            var issued = (CertificateAuthorityAnswer.Issued)answer;
            await context.Session.CallAsync(new CertificateSignedRequest { CertificateChain = issued.Chain.Pem });
        });
        return new SignCertificateResponse { Status = GenericStatusEnumType.Accepted };
    }
);
Task serving = ServeAsync();

// The station.
var inUse = new TaskCompletionSource<StationCertificateReport>();
await using StationCertificates certificates = await StationCertificates.OpenAsync(
    new StationCertificatesOptions
    {
        Versions = [V201StationSigning.Instance],
        OrganizationName = Operator,
        SerialNumber = Serial,
        TrustedRoots = [authority.Root],
        Keys = new FileKeyStore(Path.Combine(folder, "keys")),
        StateFile = Path.Combine(folder, "certificates.json"),
        AllowUnencryptedRequests = true,
        Reported = report =>
        {
            Console.WriteLine(report);
            if (report.Kind == StationCertificateReportKind.InUse)
            {
                inUse.TrySetResult(report);
            }
        },
    }
);
await using var station = new OcppClient(
    certificates.AddTo(new OcppHandlers(Ocpp201Protocol.Instance)),
    new OcppClientOptions
    {
        Url = new Uri("ws://localhost/ocpp"),
        Identity = Serial,
        Transport = async (_, cancellationToken) => Open(await ConnectAsync(cancellationToken), isServer: false),
    }
);
await station.ConnectAsync();
certificates.Use(station);
await certificates.RequestAsync(CertificateUses.CsmsConnection);
await inUse.Task.WaitAsync(TimeSpan.FromSeconds(60));
using StationCertificate? certificate = await certificates.GetCurrentAsync(CertificateUses.CsmsConnection);
Console.WriteLine(certificate?.Certificate.Subject);
await station.CloseAsync();
await serving;
Directory.Delete(folder, recursive: true);
return certificate is { Certificate.HasPrivateKey: true } ? 0 : 1;

async Task ServeAsync()
{
    using TcpClient connection = await listener.AcceptTcpClientAsync();
    await using var session = new OcppSession(Open(connection, isServer: true), csms, Serial);
    await session.RunAsync();
}

async Task<TcpClient> ConnectAsync(CancellationToken cancellationToken)
{
    var connection = new TcpClient();
    await connection.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
    return connection;
}

static WebSocket Open(TcpClient connection, bool isServer) =>
    WebSocket.CreateFromStream(
        connection.GetStream(),
        new WebSocketCreationOptions { IsServer = isServer, SubProtocol = Ocpp201Protocol.Instance.Subprotocol }
    );
