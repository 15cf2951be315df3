using CertificateSigning;
using Ocpp;

const int AsExpected = 0;
const int NotAsExpected = 1;
const int BadUsage = 2;

try
{
    var options = Options.Parse(args);
    string operatorName = "Example Charging";
    using StationKey key = options.CsrFile is null
        ? StationKey.Create(operatorName, serialNumber: "EX-0001")
        : StationKey.FromFile(options.CsrFile);

    if (options.CsrFile is null)
    {
        Console.WriteLine($"A station of \"{operatorName}\" has made a new key pair (EC P-256) and a CSR.");
    }
    else
    {
        Console.WriteLine($"A station sends the CSR in {options.CsrFile}; the private key is not here.");
        if (key.Subject.Organization is { Length: > 0 } organization)
        {
            operatorName = organization;
            Console.WriteLine($"The CSMS takes its O, \"{organization}\", for the operator's name: here any O passes.");
        }
        else
        {
            Console.WriteLine($"It names no operator, and the CSMS expects \"{operatorName}\".");
        }
    }

    using var authority = new CertificateAuthority(operatorName);
    var demonstration = new Demonstration(operatorName, authority);
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
