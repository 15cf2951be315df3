using System.Text;
using System.Text.Json;
using Ocpp.Benchmarks.Models.Classes;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>A payload of each type of message of OCPP 2.0.1, with every property that it may have.</summary>
internal static class AllSamples
{
    public static Dictionary<string, byte[]> Read()
    {
        using JsonDocument document = JsonDocument.Parse(Open());
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(member => member.Name, member => Encoding.UTF8.GetBytes(member.Value.GetRawText()));
    }

    public static Stream Open() => typeof(ClassesContext).Assembly.GetManifestResourceStream("samples.json")!;
}
