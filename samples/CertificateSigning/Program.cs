using CertificateSigning;
using Ocpp;
using Ocpp.Certificates.Requests;
using Samples;

const int AsExpected = 0;
const int NotAsExpected = 1;
const int BadUsage = 2;

DirectoryInfo folder = Directory.CreateTempSubdirectory("ocpp-certificate-signing-");
try
{
    var options = Options.Parse(args);
    string operatorName = "Example Charging";
    string identity = "EX-0001";
    (string Pem, CertificateSigningRequest Request)? csr = options.CsrFile is null
        ? null
        : CsrFile.Read(options.CsrFile);
    if (csr is { Request: var request })
    {
        // The CSMS asks that O is the operator's name, and CN the station's: here any pass.
        operatorName = request.Organization is { Length: > 0 } organization ? organization : operatorName;
        identity = OcppIdentity.IsValid(request.CommonName) ? request.CommonName : identity;
    }

    using OperatorAuthority authority = OperatorAuthority.Open(
        options,
        operatorName,
        Path.Combine(folder.FullName, "ca")
    );
    await using LoopbackCsms csms = await LoopbackCsms.StartAsync(authority, operatorName, identity, folder.FullName);
    var demonstration = new Demonstration(csms, authority, operatorName);
    bool signed = csr is var (pem, read)
        ? await demonstration.SignAsync(pem, read, options.OutFile)
        : await demonstration.RenewAsync(Path.Combine(folder.FullName, "station"), options.OutFile);
    bool longCsrRefused = await demonstration.RefuseAsync(
        "A CSR of 5501 characters, one too many:",
        ForeignStation.LongCsr,
        OcppErrorCode.PropertyConstraintViolation
    );
    bool unknownTypeRefused = await demonstration.RefuseAsync(
        "An unknown certificateType:",
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
