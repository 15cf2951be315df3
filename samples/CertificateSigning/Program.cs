using CertificateSigning;
using Csms;
using Ocpp;
using Samples;
using Station;

const int AsExpected = 0;
const int NotAsExpected = 1;
const int BadUsage = 2;

try
{
    var options = Options.Parse(args);
    string operatorName = "Example Charging";
    string identity = "EX-0001";
    using StationKey key = options.CsrFile is null
        ? StationKey.Create(operatorName, serialNumber: identity)
        : CsrFile.Read(options.CsrFile);

    if (options.CsrFile is null)
    {
        Console.WriteLine($"A station of \"{operatorName}\" has made a new key pair (EC P-256) and a CSR.");
    }
    else
    {
        // The CSMS asks that O is the operator's name, and CN the station's: here any pass.
        operatorName = key.Subject.Organization is { Length: > 0 } organization ? organization : operatorName;
        identity = key.Subject.CommonName is var name && OcppIdentity.IsValid(name) ? name : identity;
        Console.WriteLine($"Station \"{identity}\" of \"{operatorName}\" sends the CSR in {options.CsrFile}; the private key is not here.");
    }

    using var authority = new CertificateAuthority(operatorName);
    await using LoopbackCsms csms = await LoopbackCsms.StartAsync(authority, identity);
    var demonstration = new Demonstration(csms.Connection, authority.Root);
    bool signed = await demonstration.SignAsync(key, options.OutFile);
    bool longCsrRefused = await demonstration.RefuseAsync(
        "A CSR of 5501 characters, one too many:", ForeignStation.LongCsr, OcppErrorCode.PropertyConstraintViolation);
    bool unknownTypeRefused = await demonstration.RefuseAsync(
        "An unknown certificateType:", ForeignStation.UnknownCertificateType, OcppErrorCode.TypeConstraintViolation);
    return signed && longCsrRefused && unknownTypeRefused ? AsExpected : NotAsExpected;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return BadUsage;
}
