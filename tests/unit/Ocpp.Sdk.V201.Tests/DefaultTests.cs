using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>
/// What the absence of a field means, where the published schemas say so at the enumeration that it holds.
/// </summary>
public class DefaultTests
{
    public static TheoryData<string, object, object> Defaults =>
        new()
        {
            {
                "GetVariableDataType.AttributeTypeDefault",
                GetVariableDataType.AttributeTypeDefault,
                AttributeEnumType.Actual
            },
            {
                "GetVariableResultType.AttributeTypeDefault",
                GetVariableResultType.AttributeTypeDefault,
                AttributeEnumType.Actual
            },
            {
                "SetVariableDataType.AttributeTypeDefault",
                SetVariableDataType.AttributeTypeDefault,
                AttributeEnumType.Actual
            },
            {
                "SetVariableResultType.AttributeTypeDefault",
                SetVariableResultType.AttributeTypeDefault,
                AttributeEnumType.Actual
            },
            { "VariableAttributeType.TypeDefault", VariableAttributeType.TypeDefault, AttributeEnumType.Actual },
            {
                "VariableAttributeType.MutabilityDefault",
                VariableAttributeType.MutabilityDefault,
                MutabilityEnumType.ReadWrite
            },
            {
                "SampledValueType.ContextDefault",
                SampledValueType.ContextDefault,
                ReadingContextEnumType.SamplePeriodic
            },
            {
                "SampledValueType.MeasurandDefault",
                SampledValueType.MeasurandDefault,
                MeasurandEnumType.EnergyActiveImportRegister
            },
            { "SampledValueType.LocationDefault", SampledValueType.LocationDefault, LocationEnumType.Outlet },
        };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_default_of_an_enumeration_is_a_constant_of_each_field_that_holds_it(
        string name,
        object constant,
        object value
    ) => Assert.True(value.Equals(constant), $"{name} is {constant}");

    [Fact]
    public void A_field_that_is_absent_stays_absent()
    {
        var value = OcppJson.Parse<SampledValueType>("""{"value":1}"""u8);

        Assert.Null(value.Measurand);
        Assert.Equal("""{"value":1}"""u8, OcppJson.ToUtf8Bytes(value));
    }
}
