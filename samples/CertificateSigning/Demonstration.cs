using System.Security.Cryptography.X509Certificates;
using Ocpp;
using Ocpp.Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.Storage;
using Samples;
using Station;

namespace CertificateSigning;

/// <summary>Lets stations of several versions connect to a CSMS, and prints the result.</summary>
/// <param name="csms">The CSMS.</param>
/// <param name="authority">Who signs.</param>
/// <param name="operatorName">Who the stations belong to.</param>
internal sealed class Demonstration(LoopbackCsms csms, OperatorAuthority authority, string operatorName)
{
    /// <summary>
    /// The whole of A02: the CSMS asks the station to renew, and in the end the station is connected with its
    /// certificate.
    /// </summary>
    /// <param name="version">What the station speaks.</param>
    /// <param name="identity">The station.</param>
    /// <param name="folder">Where it keeps its keys and certificates.</param>
    /// <param name="outFile">Where to write the chain, if anywhere.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="UsageException"><paramref name="outFile"/> can't be written.</exception>
    public async Task<bool> RenewAsync(StationVersion version, string identity, string folder, string? outFile)
    {
        OcppClientOptions connection = Shown(identity);
        Title(
            $"OCPP {version.Name}: a station of \"{operatorName}\" connects with a password, "
                + $"security profile 2, {connection.ConnectionUrl.AbsoluteUri}"
        );
        try
        {
            await using ChargingStation station = await ChargingStation.ConnectAsync(
                connection,
                new StationCertificatesOptions
                {
                    Versions = [version.Signing],
                    OrganizationName = operatorName,
                    SerialNumber = identity,
                    Keys = new FileKeyStore(Path.Combine(folder, "keys")),
                    StateFile = Path.Combine(folder, "certificates.json"),
                    TrustedRoots = authority.Roots,
                },
                CancellationToken.None
            );

            Title("The CSMS asks it for a new certificate (A02): a new key pair, a CSR, a certificate authority");
            await csms.Signing.RequestRenewalAsync(identity, CertificateUses.CsmsConnection);
            await station.WhenCertifiedAsync(CancellationToken.None);

            Title("It has reconnected with its certificate: security profile 3, without a password");
            await station.Version.HeartbeatAsync(station, CancellationToken.None);
            Console.WriteLine();
            using StationCertificate? certificate = await station.Certificates.GetCurrentAsync(
                CertificateUses.CsmsConnection
            );
            CertificateText.Print(certificate!.Certificate);
            Write(outFile, [certificate.Certificate, .. certificate.Intermediates]);
        }
        catch (StationException e)
        {
            Console.WriteLine($"There is no certificate. {e.Message}");
            return false;
        }

        await PrintHistoryAsync(identity);
        return true;
    }

    /// <summary>A CSR that was made elsewhere is signed.</summary>
    /// <returns>Whether its certificate came, and fits.</returns>
    /// <exception cref="UsageException"><paramref name="outFile"/> can't be written.</exception>
    public async Task<bool> SignAsync(string identity, string pem, CertificateSigningRequest csr, string? outFile)
    {
        Title($"\"{identity}\" sends the CSR; the private key is not here");
        try
        {
            CertificateChain chain = await new CsrStation(
                Shown(identity),
                pem,
                csr,
                authority.Roots
            ).GetCertificateAsync();
            Console.WriteLine();
            CertificateText.Print(chain.Leaf);
            Write(outFile, chain.Certificates);
        }
        catch (StationException e)
        {
            Console.WriteLine($"There is no certificate. {e.Message}");
            return false;
        }

        await PrintHistoryAsync(identity);
        return true;
    }

    /// <summary>A foreign station of OCPP 2.0.1 makes a call that the CSMS can't take.</summary>
    /// <returns>Whether it got a CALLERROR with the expected code.</returns>
    public async Task<bool> RefuseAsync(string title, string identity, string call, OcppErrorCode expected)
    {
        Title(title);
        if (await ForeignStation.CallAsync(csms.ConnectionOf(identity), call) == expected)
        {
            return true;
        }

        Console.WriteLine($"This should have been a CALLERROR {expected}.");
        return false;
    }

    /// <summary>How a station connects whose frames are printed.</summary>
    private OcppClientOptions Shown(string identity) =>
        csms.ConnectionOf(identity) with
        {
            Session = new OcppSessionOptions { FrameTap = FrameText.Print },
        };

    private static void Title(string title)
    {
        Console.WriteLine();
        Console.WriteLine(title);
    }

    /// <summary>What an operator sees in the CSMS's store.</summary>
    private async Task PrintHistoryAsync(string identity)
    {
        SigningRequest request = (
            await csms.Requests.ListAsync(new SigningRequestFilter { Station = identity, MaxCount = 1 })
        )[0];
        IReadOnlyList<SigningRequestEvent> history = await csms.Requests.GetHistoryAsync(request.Id);
        Console.WriteLine($"  the CSMS {string.Join(", ", history.Select(one => one.State))}");
    }

    private static void Write(string? path, IEnumerable<X509Certificate2> chain)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(path, string.Concat(chain.Select(one => one.ExportCertificatePem() + "\n")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }

        Console.WriteLine($"  written  {path}: the certificate and its intermediates");
    }
}
