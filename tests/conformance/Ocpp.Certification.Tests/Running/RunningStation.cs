using System.Threading.Channels;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Testing;

namespace Ocpp.Certification.Tests;

/// <summary>
/// The station of this SDK: client, certificate service, key files. Its clock stands still until the test moves it.
/// </summary>
internal sealed class RunningStation : IAsyncDisposable
{
    private readonly Channel<StationCertificateReport> _reports;

    private RunningStation(
        OcppClient client,
        StationCertificates certificates,
        FileKeyStore keys,
        OcppTestClock clock,
        Channel<StationCertificateReport> reports
    )
    {
        Client = client;
        Certificates = certificates;
        Keys = keys;
        Clock = clock;
        _reports = reports;
    }

    public OcppClient Client { get; }

    public StationCertificates Certificates { get; }

    public FileKeyStore Keys { get; }

    public OcppTestClock Clock { get; }

    /// <summary>Connects with security profile 2.</summary>
    public static async Task<RunningStation> ConnectAsync(Endpoint csms, TestMessages version)
    {
        var reports = Channel.CreateUnbounded<StationCertificateReport>();
        var clock = new OcppTestClock(DateTimeOffset.UtcNow);
        var keys = new FileKeyStore(csms.Locate("keys"));
        StationCertificates certificates = await StationCertificates.OpenAsync(
            new StationCertificatesOptions
            {
                Versions = [version.StationSigning],
                OrganizationName = Endpoint.OrganizationName,
                SerialNumber = Endpoint.Station,
                Keys = keys,
                StateFile = csms.Locate("certificates.json"),
                TrustedRoots = [csms.Authority.Root],
                TimeProvider = clock,
                Reported = report => reports.Writer.TryWrite(report),
            }
        );
        var client = new OcppClient(
            certificates.AddTo(new OcppHandlers(version.Protocol)),
            await certificates.ApplyToAsync(csms.Connection)
        );
        await client.ConnectAsync();
        certificates.Use(client);
        return new RunningStation(client, certificates, keys, clock, reports);
    }

    /// <summary>Waits for a report of this kind.</summary>
    public async Task<StationCertificateReport> ReportAsync(StationCertificateReportKind kind)
    {
        while (true)
        {
            StationCertificateReport report = await _reports.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);
            if (report.Kind == kind)
            {
                return report;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Certificates.DisposeAsync();
        await Client.DisposeAsync();
    }
}
