namespace Ocpp.Certification.Tests;

/// <summary>Applications of several versions, as docs/several-versions.md shows them.</summary>
public sealed class DocumentedVersionTests
{
    private const string Document = "several-versions.md";
    private const int MaxLines = 24;

    [Fact]
    public void A_CSMS_of_three_versions_compiles_in_less_than_25_lines()
    {
        string program = DocumentedProgram.Read(Document, "CSMS");
        Assert.InRange(program.Split('\n').Length, 5, MaxLines);
        DocumentedProgram.AssertCompiles(program, DocumentedProgram.WebUsings);
    }

    [Fact]
    public void A_station_of_two_versions_compiles_in_less_than_25_lines()
    {
        string program = DocumentedProgram.Read(Document, "station");
        Assert.InRange(program.Split('\n').Length, 5, MaxLines);
        DocumentedProgram.AssertCompiles(program, DocumentedProgram.ConsoleUsings);
    }

    [Fact]
    public void An_application_that_decides_once_and_translates_in_each_version_compiles() =>
        DocumentedProgram.AssertCompiles(DocumentedProgram.Read(Document, "application"), DocumentedProgram.WebUsings);

    [Fact]
    public void A_call_in_the_version_of_the_session_compiles() =>
        DocumentedProgram.AssertCompiles(
            $$"""
            using Ocpp;
            using V16 = Ocpp.V16;
            using V201 = Ocpp.V201;
            using V21 = Ocpp.V21;

            Func<OcppSession, Task> reset = ResetAsync;
            Console.WriteLine(reset);

            {{DocumentedProgram.Read(Document, "call")}}
            """,
            DocumentedProgram.ConsoleUsings
        );
}
