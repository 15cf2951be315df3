namespace Ocpp.Generators.Tests.Driving;

/// <summary>The schemas of OCPP 2.0.1 from this repository.</summary>
internal static class OfficialSchemas
{
    private static readonly string s_directory = Path.Combine(AppContext.BaseDirectory, "Official");

    /// <summary>All of them, in ordinal order of their names.</summary>
    public static IReadOnlyList<SchemaText> All =>
        Directory
            .GetFiles(s_directory, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => Make(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))
            .ToList();

    /// <summary>A few files made up in the manner of OCPP 2.1, one of which is a message that goes one way.</summary>
    public static IReadOnlyList<SchemaText> Version21 =>
        Directory
            .GetFiles(Path.Combine(AppContext.BaseDirectory, "Ocpp21"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => new SchemaText($"/schemas/ocpp-2.1/{Path.GetFileName(path)}", File.ReadAllText(path))
            {
                Metadata = SchemaText.Describe("Ocpp.V21", "ocpp2.1"),
            })
            .ToList();

    /// <summary>Ten of them, which share types.</summary>
    public static IReadOnlyList<SchemaText> Ten { get; } =
        new[]
        {
            "BootNotification",
            "CertificateSigned",
            "SecurityEventNotification",
            "SignCertificate",
            "TriggerMessage",
        }
            .SelectMany(action => new[] { Get(action + "Request"), Get(action + "Response") })
            .ToList();

    public static IReadOnlyList<SchemaText> SignCertificate { get; } =
    [Get("SignCertificateRequest"), Get("SignCertificateResponse")];

    public static string TextOf(string name) => File.ReadAllText(Path.Combine(s_directory, name + ".json"));

    public static SchemaText Get(string name) => Make(name, TextOf(name));

    public static SchemaText Make(string name, string text) =>
        new($"/schemas/{name}.json", text) { Metadata = SchemaText.Describe("Ocpp.V201", "ocpp2.0.1") };
}
