using Ocpp.EveryMessage.Schemas;
using Xunit;

namespace Ocpp.EveryMessage;

/// <summary>How these tests find the C# property of a field.</summary>
public class RecordPropertyTests
{
    [Theory]
    [InlineData("limit", nameof(Phases.Limit))]
    [InlineData("limit_L2", nameof(Phases.LimitL2))]
    [InlineData("ac-dc", nameof(Phases.AcDc))]
    [InlineData("1-phase", nameof(Phases._1_Phase))]
    public void A_field_with_an_odd_name_is_found_as_the_generator_names_it(string wireName, string name) =>
        Assert.Equal(name, RecordProperty.Of(new Phases(1, 2, 3, 4), wireName).Name);

    [Fact]
    public void A_field_that_the_record_lacks_is_named() =>
        Assert.Contains(
            "Limit_2",
            Assert.Throws<ArgumentException>(() => RecordProperty.Of(new Phases(1, 2, 3, 4), "limit_2")).Message,
            StringComparison.Ordinal
        );

    private sealed record Phases(int Limit, int LimitL2, int AcDc, int _1_Phase);
}
