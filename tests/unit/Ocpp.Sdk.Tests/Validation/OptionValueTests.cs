using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>Options take what is within their limits, the limits included, and name themselves otherwise.</summary>
public sealed class OptionValueTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void Numbers_have_a_least_and_a_greatest_value()
    {
        Assert.Equal(1, OptionValue.AtLeastOne(1, "A"));
        Assert.Equal(7, OptionValue.AtLeast(7, 7, "A"));
        Assert.Equal(0, OptionValue.NotNegative(0, "A"));
        Assert.Equal(0, OptionValue.AtMost(0, 9, "A"));
        Assert.Equal(9, OptionValue.AtMost(9, 9, "A"));

        AssertRefused(() => OptionValue.AtLeastOne(0, "A"));
        AssertRefused(() => OptionValue.AtLeast(6, 7, "A"));
        AssertRefused(() => OptionValue.NotNegative(-1, "A"));
        AssertRefused(() => OptionValue.AtMost(-1, 9, "A"));
        AssertRefused(() => OptionValue.AtMost(10, 9, "A"));
    }

    [Fact]
    public void Times_have_a_least_and_a_greatest_value()
    {
        Assert.Equal(s_tick, OptionValue.Positive(s_tick, "A"));
        Assert.Equal(s_tick, OptionValue.Positive(s_tick, s_hour, "A"));
        Assert.Equal(s_hour, OptionValue.Positive(s_hour, s_hour, "A"));
        Assert.Equal(TimeSpan.Zero, OptionValue.NotNegative(TimeSpan.Zero, s_hour, "A"));
        Assert.Equal(s_hour, OptionValue.NotNegative(s_hour, s_hour, "A"));

        AssertRefused(() => OptionValue.Positive(TimeSpan.Zero, "A"));
        AssertRefused(() => OptionValue.Positive(TimeSpan.Zero, s_hour, "A"));
        AssertRefused(() => OptionValue.Positive(s_hour + s_tick, s_hour, "A"));
        AssertRefused(() => OptionValue.NotNegative(-s_tick, s_hour, "A"));
        AssertRefused(() => OptionValue.NotNegative(s_hour + s_tick, s_hour, "A"));
    }

    [Fact]
    public void What_must_be_set_is_neither_null_nor_empty()
    {
        Assert.Same("a", OptionValue.NotNull("a", "A"));
        Assert.Same("a", OptionValue.NotEmpty("a", "A"));

        Assert.Equal(
            "A",
            Assert.Throws<ArgumentNullException>(() => OptionValue.NotNull<string>(null!, "A")).ParamName
        );
        Assert.Equal("A", Assert.Throws<ArgumentNullException>(() => OptionValue.NotEmpty(null!, "A")).ParamName);
        Assert.Equal("A", Assert.Throws<ArgumentException>(() => OptionValue.NotEmpty(" ", "A")).ParamName);
    }

    private static void AssertRefused<T>(Func<T> take) =>
        Assert.Equal("A", Assert.Throws<ArgumentOutOfRangeException>(() => take()).ParamName);
}
