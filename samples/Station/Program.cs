using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Samples;
using Station;

const int Done = 0;
const int Failed = 1;
const int BadUsage = 2;

// The O of its certificate: a real station has it in the variable SecurityCtrlr.OrganizationName.
const string OperatorName = "Example Charging";

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    var options = Options.Parse(args);
    using X509Certificate2? root = options.RootFile is null ? null : OperatorRoot.FromFile(options.RootFile);
    var connection = new OcppClientOptions
    {
        Url = options.Endpoint,
        Identity = options.Identity,
        Password = options.Password,
        // One operator, one root: the CSMS's own certificate comes from there too, where there is TLS.
        TrustedRoots = root is null ? null : [root],
        Session = new OcppSessionOptions { FrameTap = (_, isSent, frame) => FrameText.Print(isSent, frame) },
    };

    Console.WriteLine($"{options.Identity} connects to {options.Url}");
    using StationKey key = StationKey.Create(OperatorName, serialNumber: options.Identity);
    X509Certificate2Collection chain = await new ChargingStation(connection, key, root).GetCertificateAsync(stop.Token);
    Console.WriteLine();
    CertificateText.Print(chain[0]);
    Console.WriteLine(root is null ? "  trusted  by nobody: no --root was given" : $"  trusted  by way of {options.RootFile}");
    return Done;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return BadUsage;
}
catch (StationException e)
{
    Console.Error.WriteLine(e.Message);
    return Failed;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before there was a certificate.");
    return Failed;
}
