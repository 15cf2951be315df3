using System.Net.Sockets;
using Csms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Authentication;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Versions;
using Samples;

const int Done = 0;
const int Failed = 1;
const int BadUsage = 2;

try
{
    if (args is ["--hash", var password])
    {
        Console.WriteLine(
            password.Length is >= OcppPassword.MinLength and <= OcppPassword.MaxLength
                ? OcppPassword.Hash(password)
                : throw new UsageException("A password has 16 to 40 characters (A00.FR.205).")
        );
        return Done;
    }

    if (args is ["--hash-key", var digits])
    {
        Console.WriteLine(
            digits.Length == 2 * OcppPassword.KeySize && digits.All(char.IsAsciiHexDigit)
                ? OcppPassword.HashKey(Convert.FromHexString(digits))
                : throw new UsageException("An AuthorizationKey has 40 hexadecimal digits: 20 bytes.")
        );
        return Done;
    }

    var options = Csms.Options.Parse(args);
    // The settings lie beside the program, wherever it is started from.
    WebApplicationBuilder builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
    );
    builder.WebHost.UseUrls(options.Urls);
    builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
    string operatorName =
        builder.Configuration["Operator"] ?? throw new UsageException("appsettings.json: there is no \"Operator\".");
    OcppBuilder csms = builder.Services.AddOcpp();
    if (options.IsOpen)
    {
        csms.AllowAnyStation();
        builder.Configuration[Charging.StatusOfOtherIdTokens] = nameof(TokenStatus.Accepted);
    }
    else
    {
        csms.AddStationStore<ConfiguredStations>(ServiceLifetime.Singleton);
    }

    CreateFolder(options.DataFolder);
    csms.AddCertificateSigning(signing =>
        {
            signing.OrganizationName = operatorName;
            foreach (CsmsSigningVersion version in CsmsApplication.SigningVersions)
            {
                signing.Versions.Add(version);
            }

            signing.LocalAuthorityFolder = Path.Combine(options.DataFolder, "ca");
            signing.ConfigureService = service =>
                service with
                {
                    Policy = service.Policy with
                    {
                        // A sample for one machine listens without TLS. With --open it takes stations of other
                        // operators, too: their certificates have this operator's name all the same. The log has what
                        // was tolerated.
                        Tolerated = options.IsOpen
                            ? new HashSet<CsrCheck> { CsrCheck.Encryption, CsrCheck.Organization }
                            : new HashSet<CsrCheck> { CsrCheck.Encryption },
                    },
                };
        })
        .UseSqlite(Path.Combine(options.DataFolder, "signing.db"));

    await using WebApplication app = builder.Build();
    app.MapCsms();
    if (options.RootFile is not null)
    {
        Write(
            options.RootFile,
            app.Services.GetRequiredService<IOptions<OcppOptions>>()
                .Value.Certificates.TrustedRoots[0]
                .ExportCertificatePem() + "\n"
        );
    }

    await app.StartAsync();
    Console.WriteLine(
        $"The CSMS of \"{operatorName}\" takes {(options.IsOpen ? "any station" : "the stations in appsettings.json")}:"
    );
    foreach (string url in app.Urls)
    {
        Console.WriteLine($"  {url.Replace("http", "ws", StringComparison.Ordinal)}/ocpp/IDENTITY");
    }

    await app.WaitForShutdownAsync();
    return Done;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return BadUsage;
}
catch (Exception e)
    when (e
            is IOException
                or UnauthorizedAccessException
                or InvalidDataException
                or SocketException
                or InvalidOperationException
                or SigningRequestStoreException
    )
{
    // The address is in use, or not of this machine; there is no certificate for https; the settings are no JSON;
    // another process has the data.
    Console.Error.WriteLine(e.Message.Split('\n')[0]);
    return Failed;
}

// The authority and the store refuse a folder that others can write to, as a umask of 002 makes it.
static void CreateFolder(string path)
{
    if (OperatingSystem.IsWindows())
    {
        Directory.CreateDirectory(path);
    }
    else
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

static void Write(string path, string text)
{
    try
    {
        File.WriteAllText(path, text);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        throw new UsageException($"{path}: {e.Message}");
    }
}
