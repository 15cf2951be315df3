using Ocpp.Schemas.CSharp;

namespace Ocpp.Generators.Emitting;

/// <summary>The names that generated code uses, fully qualified so that no generated type can hide them.</summary>
internal static class Names
{
    public const string Reader = "global::Ocpp.Json.OcppJsonReader";
    public const string Writer = "global::Ocpp.Json.OcppJsonWriter";
    public const string FurtherProperties = "global::Ocpp.Json.OcppFurtherProperties";
    public const string Equality = "global::Ocpp.Json.OcppEquality";
    public const string Violation = "global::Ocpp.OcppViolation";
    public const string Others =
        "global::System.Collections.Generic.IReadOnlyDictionary<string, " + CSharpType.JsonElement + ">";
    public const string StringCollection = "global::System.Collections.Generic.IReadOnlyCollection<string>";
    public const string Json = "global::System.Text.Json.Serialization";
    public const string JsonMetadata = Json + ".Metadata";
    public const string JsonContext = Json + ".JsonSerializerContext";
    public const string TypeInfoResolver = JsonMetadata + ".IJsonTypeInfoResolver";
    public const string JsonTypeInfo = JsonMetadata + ".JsonTypeInfo";
    public const string JsonOptions = "global::System.Text.Json.JsonSerializerOptions";
    public const string ReadOptions = "global::Ocpp.OcppReadOptions";
    public const string WriteOptions = "global::Ocpp.OcppWriteOptions";
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"Ocpp.Generators\", \"1\")]";

    public static string JsonConverter(string converter) =>
        $"[global::System.Text.Json.Serialization.JsonConverter(typeof({converter}))]";
}
