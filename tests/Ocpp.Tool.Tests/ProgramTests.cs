using Ocpp.Tool.Schemas;
using Xunit;

namespace Ocpp.Tool.Tests;

/// <summary>The command as a whole.</summary>
public class ProgramTests
{
    [Theory]
    [InlineData("schemas", "diff")]
    [InlineData("schemas", "diff", "no-such-folder", "no-such-folder")]
    [InlineData("docs")]
    [InlineData("no-such-command")]
    [InlineData]
    public void Arguments_that_can_not_be_read_end_with_2(params string[] arguments) => Assert.Equal(2, Run(arguments));

    [Fact]
    public void Help_ends_with_0() => Assert.Equal(0, Run("schemas", "diff", "--help"));

    private static int Run(params string[] arguments) =>
        (int)typeof(SchemasCommand).Assembly.EntryPoint!.Invoke(null, [arguments])!;
}
