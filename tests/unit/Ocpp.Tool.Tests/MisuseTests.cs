using Xunit;

namespace Ocpp.Tool.Tests;

/// <summary>1 says that something was found, so what can't be understood ends otherwise.</summary>
public class MisuseTests
{
    [Theory]
    [InlineData("schemas", "diff")]
    [InlineData("schemas", "diff", "no-such-folder", "no-such-folder")]
    [InlineData("docs")]
    [InlineData("docs", "no-such-folder", "pages")]
    [InlineData("no-such-command")]
    public void Arguments_that_can_not_be_understood_end_with_2(params string[] arguments)
    {
        CommandResult run = CommandResult.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }
}
