namespace Ocpp.Architecture.Tests;

/// <summary>
/// Which project may reference which. References go one way; what is not allowed here is forbidden, and a project that
/// no row is for fails the tests. <c>docs/design.md</c> gives the reasons.
/// </summary>
internal static class AllowedArrows
{
    private const string Version = @"Ocpp\.Sdk\.V\d+";
    private const string AspNetCore = @"Microsoft\.AspNetCore(\..+)?|Microsoft\.Net\.Http\.Headers";
    private const string Extensions = @"Microsoft\.Extensions\..+";
    private const string Schemas = @"Microsoft\.CSharp|Namotion\.Reflection|Newtonsoft\.Json|NJsonSchema(\..+)?";
    private const string Sqlite = @"Microsoft\.Data\.Sqlite(\.Core)?|SQLitePCLRaw\..+";

    // Npgsql asks for a later version of the logging contract than the libraries.
    private const string Npgsql = @"Npgsql|Microsoft\.Extensions\.Logging\.Abstractions";

    public static readonly IReadOnlyList<Arrow> Table =
    [
        // The runtime knows no other project; its package brings the check of constants.
        new(
            @"Ocpp\.Sdk",
            [@"Ocpp\.Analyzers"],
            [@"Microsoft\.Extensions\.(Logging|DependencyInjection)\.Abstractions", @"System\.Text\.Json"]
        ),
        // A version is a folder of schemas: the runtime and, at build time, the generator.
        new(Version, [@"Ocpp\.Sdk", @"Ocpp\.Generators", @"Ocpp\.Schemas"], []),
        new(@"Ocpp\.Sdk\.Testing", [@"Ocpp\.Sdk"], [Extensions]),
        new(@"Ocpp\.Sdk\.AspNetCore", [@"Ocpp\.Sdk"], [AspNetCore, Extensions]),
        new(@"Ocpp\.Sdk\.Orleans", [@"Ocpp\.Sdk\.AspNetCore"], [AspNetCore, Extensions, @"(Microsoft\.)?Orleans\..+"]),
        // Above the connection of a station: the core, and one small package a version.
        new(@"Ocpp\.Sdk\.Stations", [@"Ocpp\.Sdk"], []),
        new(@"Ocpp\.Sdk\.Stations\.(V\d+)", [@"Ocpp\.Sdk\.Stations", @"Ocpp\.Sdk\.$1"], []),
        // Signing: the core, one small package a version, a package a store, and the bridge to the endpoint.
        new(@"Ocpp\.Sdk\.Certificates", [@"Ocpp\.Sdk"], [@"Microsoft\.Extensions\..+\.Abstractions"]),
        new(@"Ocpp\.Sdk\.Certificates\.(V\d+)", [@"Ocpp\.Sdk\.Certificates", @"Ocpp\.Sdk\.$1"], []),
        new(@"Ocpp\.Sdk\.Certificates\.Sqlite", [@"Ocpp\.Sdk\.Certificates"], [Sqlite]),
        new(@"Ocpp\.Sdk\.Certificates\.PostgreSql", [@"Ocpp\.Sdk\.Certificates"], [Npgsql]),
        new(
            @"Ocpp\.Sdk\.Certificates\.(Hosting|AspNetCore)",
            [@"Ocpp\.Sdk\.AspNetCore", @"Ocpp\.Sdk\.Certificates"],
            [AspNetCore, Extensions]
        ),
        // Build time: the schema model, and the two that read it.
        new(@"Ocpp\.Schemas", [], [Schemas]),
        new(@"Ocpp\.Generators", [@"Ocpp\.Schemas"], [Schemas, @"Microsoft\.CodeAnalysis(\..+)?"]),
        // The check of constants in the code of users, which the compiler loads.
        new(@"Ocpp\.Analyzers", [], [@"Microsoft\.CodeAnalysis(\..+)?"]),
        new(@"Ocpp\.Tool", [@"Ocpp\.Schemas", @"Ocpp\.Sdk", Version], [Schemas, @"System\.CommandLine"]),
        // The samples: a station without the CSMS's packages, a CSMS without the station's, and both in one process.
        new("Station", [@"Ocpp\.Sdk", Version, @"Ocpp\.Sdk\.Certificates", @"Ocpp\.Sdk\.Certificates\.V\d+"], []),
        new(
            "Csms",
            [
                @"Ocpp\.Sdk\.AspNetCore",
                Version,
                @"Ocpp\.Sdk\.Certificates",
                @"Ocpp\.Sdk\.Certificates\.(V\d+|Sqlite|Hosting|AspNetCore)",
            ],
            [AspNetCore]
        ),
        new("CertificateSigning", ["Csms", "Station"], [AspNetCore]),
        new(
            "Cluster",
            [
                @"Ocpp\.Sdk\.AspNetCore",
                @"Ocpp\.Sdk\.Orleans",
                Version,
                @"Ocpp\.Sdk\.Certificates(\.(V\d+|PostgreSql|Hosting))?",
                "Station",
            ],
            [AspNetCore, Extensions, @"(Microsoft\.)?Orleans\..+", Npgsql]
        ),
    ];

    /// <summary>The row for a project; throws if there is none.</summary>
    public static Arrow For(string project) =>
        Table.SingleOrDefault(arrow => arrow.IsFor(project))
        ?? throw new InvalidOperationException(
            $"{project} has no row in {nameof(AllowedArrows)}: add it, with what it may reference."
        );

    /// <summary>The projects of the repository that a project may reach, directly and through others.</summary>
    public static IReadOnlySet<string> Reached(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Add(project);
        return reached;

        void Add(string from)
        {
            Arrow arrow = For(from);
            foreach (string to in Repository.Projects.Keys.Where(to => arrow.AllowsProject(from, to)))
            {
                if (reached.Add(to))
                {
                    Add(to);
                }
            }
        }
    }
}
