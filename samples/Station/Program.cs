using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Samples;
using Station;

const int Done = 0;
const int Failed = 1;
const int BadUsage = 2;

// The O of its certificate: a real station has it in the variable SecurityCtrlr.OrganizationName.
const string OrganizationName = "Example Charging";

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    var options = Options.Parse(args);
    using X509Certificate2 root = OperatorRoot.FromFile(options.RootFile);
    string folder = Path.Combine(options.DataFolder, options.Identity);

    Console.WriteLine($"{options.Identity} connects to {options.Url}");
    if (options.Endpoint.Scheme == "ws")
    {
        Console.WriteLine(
            "The connection is not encrypted: the CSR is sent all the same, for AllowUnencryptedRequests is set."
        );
    }

    await using ChargingStation station = await ChargingStation.ConnectAsync(
        new OcppClientOptions
        {
            Url = options.Endpoint,
            Identity = options.Identity,
            Password = options.Password,
            AuthorizationKey = options.AuthorizationKey,
            // One operator, one root: the CSMS's own certificate comes from there too, where there is TLS.
            TrustedRoots = [root],
            Session = new OcppSessionOptions { FrameTap = FrameText.Print },
        },
        new StationCertificatesOptions
        {
            Versions = [.. options.Versions.Select(version => version.Signing)],
            OrganizationName = OrganizationName,
            SerialNumber = options.Identity,
            Keys = new FileKeyStore(Path.Combine(folder, "keys")),
            StateFile = Path.Combine(folder, "certificates.json"),
            TrustedRoots = [root],
            // For trying it out on one machine. Over a network this lets anyone on the way ask for the station's
            // certificate.
            AllowUnencryptedRequests = true,
        },
        stop.Token
    );

    if (
        await station.Certificates.GetCurrentAsync(CertificateUses.CsmsConnection, cancellationToken: stop.Token)
        is not { } certificate
    )
    {
        await station.Certificates.RequestAsync(CertificateUses.CsmsConnection, cancellationToken: stop.Token);
        await station.WhenCertifiedAsync(stop.Token);
        certificate = await station.Certificates.GetCurrentAsync(
            CertificateUses.CsmsConnection,
            cancellationToken: stop.Token
        );
    }

    await station.Version.HeartbeatAsync(station, stop.Token);
    Console.WriteLine();
    CertificateText.Print(certificate!.Certificate);
    certificate.Dispose();
    return Done;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return BadUsage;
}
catch (Exception e) when (e is StationException or IOException or InvalidDataException)
{
    Console.Error.WriteLine(e.Message);
    return Failed;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before there was a certificate.");
    return Failed;
}
