using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.V201;

namespace CertificateSigning;

/// <summary>Brings a station and a CSMS together, and tells what came of it.</summary>
internal sealed class Demonstration(string operatorName, CertificateAuthority authority)
{
    /// <summary>A station asks for a certificate, and gets it.</summary>
    /// <param name="key">The station's key.</param>
    /// <param name="outFile">Where to write the chain and the root, if anywhere.</param>
    /// <returns>Whether it got one, and told the CSMS so.</returns>
    /// <exception cref="UsageException"><paramref name="outFile"/> can't be written.</exception>
    public async Task<bool> SignAsync(StationKey key, string? outFile)
    {
        Console.WriteLine();
        Console.WriteLine("The station asks for a certificate:");
        (WireEnd stationEnd, WireEnd csmsEnd) = WireEnd.Connect();
        var station = new ChargingStation(stationEnd, key, authority.Root);
        var csms = new Csms(csmsEnd, operatorName, authority);
        await Task.WhenAll(station.RunAsync(), csms.RunAsync());

        Console.WriteLine();
        if (station.Chain.Count == 0 || csms.StationAnswer != CertificateSignedStatusEnumType.Accepted)
        {
            Console.WriteLine($"There is no certificate. {station.Failure ?? "The connection has ended too early."}");
            return false;
        }

        Print(station.Chain[0]);
        if (outFile is not null)
        {
            Write(outFile, [.. station.Chain, authority.Root]);
        }

        return true;
    }

    /// <summary>A foreign station makes a call that the CSMS can't take.</summary>
    /// <returns>Whether it got a CALLERROR with the expected code.</returns>
    public async Task<bool> RefuseAsync(string title, string call, OcppErrorCode expected)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        (WireEnd stationEnd, WireEnd csmsEnd) = WireEnd.Connect();
        Task serving = new Csms(csmsEnd, operatorName, authority).RunAsync();
        OcppErrorCode? code = await ForeignStation.SendAsync(stationEnd, call);
        await serving;
        if (code == expected)
        {
            return true;
        }

        Console.WriteLine($"This should have been a CALLERROR {expected}.");
        return false;
    }

    private static void Print(X509Certificate2 certificate)
    {
        Console.WriteLine("The station has its certificate:");
        Console.WriteLine($"  subject  {InOrder(certificate.SubjectName)}");
        Console.WriteLine($"  issuer   {InOrder(certificate.IssuerName)}");
        Console.WriteLine($"  from     {certificate.NotBefore.ToUniversalTime():u}");
        Console.WriteLine($"  to       {certificate.NotAfter.ToUniversalTime():u}");
    }

    // As it stands in the certificate, where X509Certificate2.Subject turns the order round.
    private static string InOrder(X500DistinguishedName name) => name.Decode(X500DistinguishedNameFlags.None);

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
