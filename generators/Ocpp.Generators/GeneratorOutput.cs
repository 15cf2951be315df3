using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Ocpp.Generators.Diagnostics;
using Ocpp.Generators.Emitting;
using Ocpp.Schemas.Diagnostics;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators;

/// <summary>Hands the results to the compiler.</summary>
internal static class GeneratorOutput
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void ReportAll(this SourceProductionContext output, EquatableArray<Defect> defects)
    {
        foreach (Defect defect in defects)
        {
            output.ReportDiagnostic(defect.ToDiagnostic());
        }
    }

    public static void ReportAll(this SourceProductionContext output, MergedSchemas merged, SdkReference sdk)
    {
        output.ReportAll(merged.Defects);
        if (merged.Sets.Count > 0 && sdk.Defect is { } defect)
        {
            output.ReportDiagnostic(defect.ToDiagnostic());
        }
    }

    public static void Add(this SourceProductionContext output, GeneratedSource source, SdkReference sdk)
    {
        if (sdk.Defect is null)
        {
            output.AddSource(source.HintName, SourceText.From(source.Text, s_utf8));
        }
    }
}
