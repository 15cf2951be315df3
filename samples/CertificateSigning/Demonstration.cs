using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Samples;
using Station;

namespace CertificateSigning;

/// <summary>Lets stations connect to a CSMS, and tells what came of it.</summary>
/// <param name="connection">How they connect.</param>
/// <param name="operatorRoot">The root of the operator's CA.</param>
internal sealed class Demonstration(OcppClientOptions connection, X509Certificate2 operatorRoot)
{
    /// <summary>A station asks for a certificate, and gets it.</summary>
    /// <param name="key">The station's key.</param>
    /// <param name="outFile">Where to write the chain and the root, if anywhere.</param>
    /// <returns>Whether it got one, and told the CSMS so.</returns>
    /// <exception cref="UsageException"><paramref name="outFile"/> can't be written.</exception>
    public async Task<bool> SignAsync(StationKey key, string? outFile)
    {
        Console.WriteLine();
        Console.WriteLine($"The station connects to {connection.ConnectionUrl.AbsoluteUri}, and asks for a certificate:");
        OcppClientOptions shown = connection with
        {
            Session = new OcppSessionOptions { FrameTap = (_, isSent, frame) => FrameText.Print(isSent, frame) },
        };
        X509Certificate2Collection chain;
        try
        {
            chain = await new ChargingStation(shown, key, operatorRoot).GetCertificateAsync(CancellationToken.None);
        }
        catch (StationException e)
        {
            Console.WriteLine();
            Console.WriteLine($"There is no certificate. {e.Message}");
            return false;
        }

        Console.WriteLine();
        CertificateText.Print(chain[0]);
        if (outFile is not null)
        {
            Write(outFile, [.. chain, operatorRoot]);
        }

        return true;
    }

    /// <summary>A foreign station makes a call that the CSMS can't take.</summary>
    /// <returns>Whether it got a CALLERROR with the expected code.</returns>
    public async Task<bool> RefuseAsync(string title, string call, OcppErrorCode expected)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        if (await ForeignStation.CallAsync(connection, call) == expected)
        {
            return true;
        }

        Console.WriteLine($"This should have been a CALLERROR {expected}.");
        return false;
    }

    private static void Write(string path, X509Certificate2Collection certificates)
    {
        try
        {
            File.WriteAllText(path, certificates.ExportCertificatePems() + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }

        Console.WriteLine($"  written  {path}: the certificate, the issuing CA's, the root's");
    }
}
