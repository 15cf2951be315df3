namespace Ocpp.AspNetCore.Tests.Readme;

public class ReadmeProgramTests
{
    private const int MaxLines = 24;

    [Fact]
    public void A_csms_compiles_in_less_than_25_lines() => AssertCompiles("CSMS", DocumentedProgram.WebUsings);

    [Fact]
    public void A_station_compiles_in_less_than_25_lines() =>
        AssertCompiles("station", DocumentedProgram.ConsoleUsings);

    private static void AssertCompiles(string name, IEnumerable<string> usings)
    {
        string program = DocumentedProgram.Read("README.md", name);
        Assert.InRange(program.Split('\n').Length, 5, MaxLines);
        DocumentedProgram.AssertCompiles(program, usings);
    }
}
