namespace Ocpp.Benchmarks.Contenders;

internal static class ContenderNames
{
    public const string Sdk = "Ocpp.Sdk";
    public const string SdkContext = "JsonSerializer, Ocpp201JsonContext";
    public const string Utf8JsonReader = "Utf8JsonReader";
    public const string Utf8JsonWriter = "Utf8JsonWriter";
    public const string Records = "System.Text.Json records";
    public const string Classes = "System.Text.Json get;set;";
    public const string ClassesInPlace = "System.Text.Json get;set;, same reader";
    public const string Newtonsoft = "Newtonsoft.Json";
    public const string NewtonsoftWithSchema = "Newtonsoft.Json + NJsonSchema";
}
