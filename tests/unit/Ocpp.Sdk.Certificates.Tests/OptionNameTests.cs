using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Ocsp;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>An invalid option is refused where it is set, under its own name.</summary>
public sealed class OptionNameTests : IDisposable
{
    private static readonly TimeSpan s_tooLong = TimeSpan.FromDays(3651);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_the_EST_server()
    {
        var options = new EstOptions();
        AssertName("Timeout", () => options with { Timeout = TimeSpan.Zero });
        AssertName("Timeout", () => options with { Timeout = TimeSpan.FromDays(41) });
        AssertName("DefaultRetryAfter", () => options with { DefaultRetryAfter = TimeSpan.Zero });
        AssertName("TimeProvider", () => options with { TimeProvider = null! });
    }

    [Fact]
    public void Of_the_cfssl_server()
    {
        var options = new CfsslOptions();
        AssertName("Timeout", () => options with { Timeout = TimeSpan.Zero });
        AssertName("Timeout", () => options with { Timeout = TimeSpan.FromDays(41) });
        AssertName("TimeProvider", () => options with { TimeProvider = null! });
    }

    [Fact]
    public void Of_the_OCSP_client()
    {
        var options = new OcspClientOptions { Responders = [], TrustedRoots = [] };
        AssertName("Responders", () => options with { Responders = null! });
        AssertName("Responders", () => options with { Responders = [new Uri("file:///tmp")] });
        AssertName("TrustedRoots", () => options with { TrustedRoots = null! });
        AssertName("Intermediates", () => options with { Intermediates = null! });
        AssertName("Timeout", () => options with { Timeout = TimeSpan.Zero });
        AssertName("Timeout", () => options with { Timeout = s_tooLong });
        AssertName("MaxResponseSize", () => options with { MaxResponseSize = 0 });
        AssertName("MaxConcurrentRequests", () => options with { MaxConcurrentRequests = 0 });
        AssertName("MaxCachedResponses", () => options with { MaxCachedResponses = -1 });
        AssertName("MaxAge", () => options with { MaxAge = TimeSpan.Zero });
        AssertName("ClockTolerance", () => options with { ClockTolerance = TimeSpan.FromTicks(-1) });
        AssertName("TimeProvider", () => options with { TimeProvider = null! });
    }

    [Fact]
    public void Of_the_local_authority()
    {
        var options = new LocalCertificateAuthorityOptions { OrganizationName = new string('x', 64) };
        AssertName("OrganizationName", () => options with { OrganizationName = " " });
        AssertName("OrganizationName", () => options with { OrganizationName = new string('x', 65) });
        AssertName("CertificateLifetime", () => options with { CertificateLifetime = TimeSpan.Zero });
        AssertName("CertificateLifetime", () => options with { CertificateLifetime = s_tooLong });
        AssertName("ClockSkew", () => options with { ClockSkew = TimeSpan.FromTicks(-1) });
        AssertName("TimeProvider", () => options with { TimeProvider = null! });
        Assert.Equal(TimeSpan.Zero, (options with { ClockSkew = TimeSpan.Zero }).ClockSkew);
    }

    [Fact]
    public void Of_the_policy()
    {
        var policy = new CsrPolicy { OrganizationName = TestCsr.OrganizationName };
        AssertName("OrganizationName", () => policy with { OrganizationName = "" });
        AssertName("MinRsaKeySize", () => policy with { MinRsaKeySize = 2047 });
        AssertName("MinEcKeySize", () => policy with { MinEcKeySize = 223 });
        AssertName("Tolerated", () => policy with { Tolerated = new HashSet<CsrCheck> { CsrCheck.Pem } });
    }

    [Fact]
    public async Task Of_the_signing_service()
    {
        await using var store = SqliteSigningRequestStore.Open(_folder.Locate("requests.db"));
        var options = new SigningServiceOptions
        {
            Versions = [V201CsmsSigning.Instance],
            Policy = new CsrPolicy { OrganizationName = TestCsr.OrganizationName },
            Store = store,
            Authority = new ScriptedAuthority(),
        };
        AssertName("Versions", () => options with { Versions = [] });
        AssertName("Versions", () => options with { Versions = [V201CsmsSigning.Instance, V201CsmsSigning.Instance] });
        AssertName("Policy", () => options with { Policy = null! });
        AssertName("Store", () => options with { Store = null! });
        AssertName("Authority", () => options with { Authority = null! });
        AssertName("MaxOpenRequests", () => options with { MaxOpenRequests = 0 });
        AssertName("MaxRequestsPerDay", () => options with { MaxRequestsPerDay = 0 });
        AssertName("MaxConcurrentOrders", () => options with { MaxConcurrentOrders = 0 });
        AssertName("OrderTimeout", () => options with { OrderTimeout = TimeSpan.FromDays(41) });
        AssertName("MaxDeliveries", () => options with { MaxDeliveries = 0 });
        AssertName("KeepFinishedFor", () => options with { KeepFinishedFor = TimeSpan.Zero });
        AssertName("RetryWait", () => options with { RetryWait = TimeSpan.Zero });
        AssertName("MaxRetryWait", () => options with { MaxRetryWait = s_tooLong });
        AssertName("GiveUpAfter", () => options with { GiveUpAfter = TimeSpan.FromDays(41) });
        AssertName("ExpiryNotice", () => options with { ExpiryNotice = TimeSpan.Zero });
        AssertName("TimeProvider", () => options with { TimeProvider = null! });
    }

    [Fact]
    public void Of_the_stations_certificates()
    {
        var options = new StationCertificatesOptions
        {
            Versions = [V201StationSigning.Instance],
            OrganizationName = TestCsr.OrganizationName,
            SerialNumber = TestCsr.SerialNumber,
            Keys = new FileKeyStore(_folder.Locate("keys")),
            StateFile = _folder.Locate("state"),
            TrustedRoots = new X509Certificate2Collection(),
        };
        AssertName("Versions", () => options with { Versions = [] });
        AssertName("OrganizationName", () => options with { OrganizationName = "" });
        AssertName("SerialNumber", () => options with { SerialNumber = " " });
        AssertName("Keys", () => options with { Keys = null! });
        AssertName("StateFile", () => options with { StateFile = "" });
        AssertName("TrustedRoots", () => options with { TrustedRoots = null! });
        AssertName("CertSigningWaitMinimum", () => options with { CertSigningWaitMinimum = TimeSpan.Zero });
        AssertName("CertSigningRepeatTimes", () => options with { CertSigningRepeatTimes = -1 });
        AssertName("MaxChainSize", () => options with { MaxChainSize = 0 });
        AssertName("RenewBefore", () => options with { RenewBefore = s_tooLong });
        AssertName("RetryRenewalAfter", () => options with { RetryRenewalAfter = TimeSpan.Zero });
        AssertName("TimeProvider", () => options with { TimeProvider = null! });
    }

    private static void AssertName<T>(string name, Func<T> set) =>
        Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => set()).ParamName);
}
