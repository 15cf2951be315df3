using CertificateSigning;
using Ocpp;
using Ocpp.Certificates.Requests;
using Samples;
using Station;

const int AsExpected = 0;
const int NotAsExpected = 1;
const int BadUsage = 2;

DirectoryInfo folder = Directory.CreateTempSubdirectory("ocpp-certificate-signing-");
try
{
    var options = Options.Parse(args);
    string operatorName = "Example Charging";
    // The station of a version is EX-1.6, for example.
    StationVersion[] versions = [.. StationVersion.All.OrderBy(version => version.Name, StringComparer.Ordinal)];
    string[] identities = [.. versions.Select(version => $"EX-{version.Name}")];
    (string Pem, CertificateSigningRequest Request)? csr = options.CsrFile is null
        ? null
        : CsrFile.Read(options.CsrFile);
    if (csr is { Request: var request })
    {
        // The CSMS asks that O is the operator's name, and CN the station's: here any pass.
        operatorName = request.Subject.Organization is { Length: > 0 } organization ? organization : operatorName;
        identities = [request.Subject.CommonName is { } name && OcppIdentity.IsValid(name) ? name : "EX-0001"];
    }

    using OperatorAuthority authority = OperatorAuthority.Open(
        options,
        operatorName,
        Path.Combine(folder.FullName, "ca")
    );
    await using LoopbackCsms csms = await LoopbackCsms.StartAsync(authority, operatorName, identities, folder.FullName);
    var demonstration = new Demonstration(csms, authority, operatorName);
    bool signed = true;
    if (csr is var (pem, read))
    {
        signed = await demonstration.SignAsync(identities[0], pem, read, options.OutFile);
    }
    else
    {
        foreach ((StationVersion version, string identity) in versions.Zip(identities))
        {
            signed &= await demonstration.RenewAsync(
                version,
                identity,
                Path.Combine(folder.FullName, identity),
                version == versions[^1] ? options.OutFile : null
            );
        }
    }

    bool longCsrRefused = await demonstration.RefuseAsync(
        "In OCPP 2.0.1, a CSR of 5501 characters, one too many:",
        identities[^1],
        ForeignStation.LongCsr,
        OcppErrorCode.PropertyConstraintViolation
    );
    bool unknownTypeRefused = await demonstration.RefuseAsync(
        "An unknown certificateType:",
        identities[^1],
        ForeignStation.UnknownCertificateType,
        OcppErrorCode.TypeConstraintViolation
    );
    return signed && longCsrRefused && unknownTypeRefused ? AsExpected : NotAsExpected;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return BadUsage;
}
finally
{
    folder.Delete(recursive: true);
}
