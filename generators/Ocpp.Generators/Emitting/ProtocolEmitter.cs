using Ocpp.Schemas.CSharp;
using Ocpp.Schemas.Model;

namespace Ocpp.Generators.Emitting;

/// <summary>Writes the registry of a protocol's actions.</summary>
internal static class ProtocolEmitter
{
    public static GeneratedSource Emit(SchemaSet set)
    {
        string name = set.ClassPrefix + "Protocol";
        return TypeEmitter.File(set.Namespace, name, Protocol(set, name));
    }

    private static SourceCode Protocol(SchemaSet set, string name) =>
        $$"""
            {{DocComment.Summary(
                $"The actions of <c>{DocComment.Escape(set.Protocol)}</c>, with the readers of their payloads."
            )}}
            {{Names.GeneratedCode}}
            public sealed partial class {{name}} : global::Ocpp.OcppProtocol
            {
                private {{name}}()
                    : base({{BaseArguments(set)}})
                {
                }

                /// <summary>The registry; it has no state.</summary>
                public static {{name}} Instance { get; } = new();

                {{SourceCode.If(set.SensitiveProperties.Any(), SensitiveProperties(set))}}
            }
            """;

    private static SourceCode BaseArguments(SchemaSet set)
    {
        string protocol = CSharpLiteral.Of(set.Protocol);
        if (set.Actions.Count == 0)
        {
            return $"{protocol}";
        }

        return $"""
            {protocol},
                {SourceCode.Lines(
                set.Actions,
                static action => $"new global::Ocpp.Rpc.{Class(action)}({Sender(action)})",
                ","
            )}
            """;
    }

    private static SourceCode SensitiveProperties(SchemaSet set) =>
        $$"""
            /// <inheritdoc/>
            public override {{Names.StringCollection}} SensitiveProperties { get; } = new[]
            {
                {{SourceCode.Lines(set.SensitiveProperties, static name => $"{CSharpLiteral.Of(name)},")}}
            };
            """;

    private static string Sender(ActionModel action) =>
        action.Sender is null ? "" : $"global::Ocpp.Rpc.OcppParty.{action.Sender}";

    private static string Class(ActionModel action) =>
        action.Response is null
            ? $"OcppOneWayAction<{action.Request}>"
            : $"OcppAction<{action.Request}, {action.Response}>";
}
