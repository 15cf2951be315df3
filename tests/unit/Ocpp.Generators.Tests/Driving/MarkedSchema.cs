using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Ocpp.Generators.Diagnostics;
using Xunit;

namespace Ocpp.Generators.Tests.Driving;

/// <summary>
/// A schema in which <c>[|</c> and <c>|]</c> stand around each place that a diagnostic is expected at.
/// </summary>
internal sealed class MarkedSchema
{
    private const string Open = "[|";
    private const string Close = "|]";

    private static readonly Dictionary<string, DiagnosticDescriptor> s_descriptors =
        DefectExtensions.Descriptors.ToDictionary(descriptor => descriptor.Id);

    private MarkedSchema(SchemaText schema, IReadOnlyList<LinePositionSpan> places)
    {
        Schema = schema;
        Places = places;
    }

    public static IEnumerable<DiagnosticDescriptor> AllDescriptors => s_descriptors.Values;

    public SchemaText Schema { get; }

    public IReadOnlyList<LinePositionSpan> Places { get; }

    public static MarkedSchema Parse(string marked, string name = "Acme")
    {
        var spans = new List<TextSpan>();
        string text = marked;
        for (int start; (start = text.IndexOf(Open, StringComparison.Ordinal)) >= 0; )
        {
            text = text.Remove(start, Open.Length);
            int end = text.IndexOf(Close, start, StringComparison.Ordinal);
            text = text.Remove(end, Close.Length);
            spans.Add(TextSpan.FromBounds(start, end));
        }

        TextLineCollection lines = SourceText.From(text).Lines;
        return new MarkedSchema(
            new SchemaText($"/schemas/{name}.json", text),
            spans.ConvertAll(lines.GetLinePositionSpan)
        );
    }

    /// <summary>
    /// Asserts that a schema gives one diagnostic at each of its marks, all with the same id and arguments, and no
    /// other.
    /// </summary>
    public static void AssertDefect(string marked, string id, params string[] arguments)
    {
        MarkedSchema expected = Parse(marked);
        Assert.NotEmpty(expected.Places);
        AssertDiagnostics(
            Generation.Of(expected.Schema),
            expected.Places.Select(place => expected.Describe(place, id, arguments))
        );
    }

    /// <summary>Asserts that these are all diagnostics, whatever their order.</summary>
    public static void AssertDiagnostics(Generation generation, params IEnumerable<string> expected)
    {
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            generation.Diagnostics.Select(Describe).Order(StringComparer.Ordinal)
        );
        Assert.All(
            generation.Diagnostics,
            diagnostic => Assert.Equal(diagnostic.Descriptor.DefaultSeverity, diagnostic.Severity)
        );
    }

    /// <summary>How a diagnostic at one of this schema's marks looks.</summary>
    public string Describe(int mark, string id, params string[] arguments) => Describe(Places[mark], id, arguments);

    /// <summary>How a diagnostic without a place looks.</summary>
    public static string DescribePlaceless(string id, params string[] arguments) =>
        Describe("", default, id, Message(id, arguments));

    private string Describe(LinePositionSpan place, string id, string[] arguments) =>
        Describe(Schema.Path, place, id, Message(id, arguments));

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        return Describe(
            place.Path ?? "",
            place.Span,
            diagnostic.Id,
            diagnostic.GetMessage(CultureInfo.InvariantCulture)
        );
    }

    private static string Describe(string path, LinePositionSpan place, string id, string message) =>
        $"{path}({place.Start})-({place.End}): {id}: {message}";

    private static string Message(string id, string[] arguments) =>
        string.Format(
            CultureInfo.InvariantCulture,
            s_descriptors[id].MessageFormat.ToString(CultureInfo.InvariantCulture),
            arguments
        );
}
