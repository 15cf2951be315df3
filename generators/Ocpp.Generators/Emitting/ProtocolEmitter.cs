using Microsoft.CodeAnalysis.CSharp;
using Ocpp.Generators.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>Writes the registry of a protocol's actions.</summary>
internal static class ProtocolEmitter
{
    public static GeneratedSource Emit(SchemaSet set)
    {
        string name = set.ClassPrefix + "Protocol";
        SourceWriter source = TypeEmitter.BeginFile(set.Namespace);
        source.DocXml("summary", $"The actions of <c>{DocComment.Escape(set.Protocol)}</c>, with the readers of their payloads.");
        source.Line(Names.GeneratedCode);
        source.Open($"public sealed partial class {name} : global::Ocpp.OcppProtocol");
        source.Line($"private {name}()");
        string end = set.Actions.Count == 0 ? ")" : ",";
        source.Line($"    : base({SymbolDisplay.FormatLiteral(set.Protocol, quote: true)}{end}");
        for (int i = 0; i < set.Actions.Count; i++)
        {
            ActionModel action = set.Actions[i];
            source.Line($"        new global::Ocpp.Rpc.{Class(action)}({Sender(action)}){(i == set.Actions.Count - 1 ? ")" : ",")}");
        }

        source.Open();
        source.Close();
        source.Line();
        source.Line("/// <summary>The registry; it has no state.</summary>");
        source.Line($"public static {name} Instance {{ get; }} = new();");
        WriteSensitiveProperties(source, set);
        source.Close();
        return new GeneratedSource(TypeEmitter.HintName(set.Namespace, name), source.ToString());
    }

    private static void WriteSensitiveProperties(SourceWriter source, SchemaSet set)
    {
        string[] names = [.. set.SensitiveProperties.Select(static name => SymbolDisplay.FormatLiteral(name, quote: true))];
        if (names.Length == 0)
        {
            return;
        }

        source.Line();
        source.Line("/// <inheritdoc/>");
        source.Line("public override global::System.Collections.Generic.IReadOnlyCollection<string> SensitiveProperties { get; } = new[]");
        source.Open();
        foreach (string name in names)
        {
            source.Line($"{name},");
        }

        source.Close(";");
    }

    private static string Sender(ActionModel action) => action.Sender is null ? "" : $"global::Ocpp.Rpc.OcppParty.{action.Sender}";

    private static string Class(ActionModel action) => action.Response is null
        ? $"OcppOneWayAction<{action.Request}>"
        : $"OcppAction<{action.Request}, {action.Response}>";
}
