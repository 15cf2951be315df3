namespace Ocpp.Benchmarks.ModelWriter;

/// <summary>A style in which types for System.Text.Json are written by hand.</summary>
/// <param name="Name">The last part of the namespace.</param>
/// <param name="Type">How a type is declared.</param>
/// <param name="List">The list that it uses.</param>
/// <param name="Required">What stands before a required property.</param>
/// <param name="Accessors">The accessors of a property.</param>
internal sealed record ModelForm(string Name, string Type, string List, string Required, string Accessors)
{
    public static IReadOnlyList<ModelForm> All { get; } =
    [
        new("Classes", "sealed class", "List", "", "{ get; set; }"),
        new("Records", "sealed record", "IReadOnlyList", "required ", "{ get; init; }"),
    ];
}
