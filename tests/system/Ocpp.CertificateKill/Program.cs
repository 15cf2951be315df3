using System.Globalization;
using Ocpp.CertificateKill;

// A CSMS that signs certificates is killed again and again, while stations ask for them:
//   Ocpp.CertificateKill [--stations 50] [--kills 20] [--seed 1]
if (args is [Csms.Role, var file, var authority, var port])
{
    await Csms.RunAsync(file, new Uri(authority), int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine("usage: Ocpp.CertificateKill [--stations COUNT] [--kills COUNT] [--seed NUMBER]");
    return 2;
}

return await new Trial(options).RunAsync();
