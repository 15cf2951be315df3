namespace Ocpp.Generators.Tests.Driving;

/// <summary>The schemas of OCPP from this repository; those of 2.0.1 where no version is named.</summary>
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

    /// <summary>All of OCPP 1.6, in ordinal order of their names.</summary>
    public static IReadOnlyList<SchemaText> All16 => In("Official16", "1.6");

    /// <summary>All of OCPP 2.1, in ordinal order of their names.</summary>
    public static IReadOnlyList<SchemaText> All21 => In("Official21", "2.1");

    /// <summary>A few files made up in the manner of OCPP 2.1, one of which is a message that goes one way.</summary>
    public static IReadOnlyList<SchemaText> Version21 => In("Ocpp21", "2.1");

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

    private static List<SchemaText> In(string folder, string version) =>
        Directory
            .GetFiles(Path.Combine(AppContext.BaseDirectory, folder), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => new SchemaText($"/schemas/ocpp-{version}/{Path.GetFileName(path)}", File.ReadAllText(path))
            {
                Metadata = SchemaText.Describe(
                    $"Ocpp.V{version.Replace(".", "", StringComparison.Ordinal)}",
                    $"ocpp{version}"
                ),
            })
            .ToList();

    public static SchemaText Make(string name, string text) =>
        new($"/schemas/{name}.json", text) { Metadata = SchemaText.Describe("Ocpp.V201", "ocpp2.0.1") };
}
