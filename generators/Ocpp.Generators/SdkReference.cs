using System.Globalization;
using Microsoft.CodeAnalysis;
using Ocpp.Schemas.Diagnostics;

namespace Ocpp.Generators;

/// <summary>Whether the project references an Ocpp.Sdk that the generated code can use.</summary>
internal sealed record SdkReference(Defect? Defect)
{
    /// <summary>What the generated code asks of <c>Ocpp.Json.OcppGeneratedCode.ContractVersion</c>.</summary>
    private const int NeededContract = 6;

    public static SdkReference Find(Compilation compilation)
    {
        IFieldSymbol? contract = compilation
            .GetTypeByMetadataName("Ocpp.Json.OcppGeneratedCode")
            ?.GetMembers("ContractVersion")
            .OfType<IFieldSymbol>()
            .FirstOrDefault();
        return contract?.ConstantValue switch
        {
            int version when version >= NeededContract => new SdkReference((Defect?)null),
            int version => new SdkReference(
                new Defect(DefectKinds.SdkTooOld, null, Text(version), Text(NeededContract))
            ),
            _ => new SdkReference(new Defect(DefectKinds.SdkMissing, null)),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
