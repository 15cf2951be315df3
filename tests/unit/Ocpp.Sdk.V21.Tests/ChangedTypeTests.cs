using Ocpp.EveryMessage;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.V21.Tests;

/// <summary>Types that have the name of one of OCPP 2.0.1 and other fields, values or limits.</summary>
public class ChangedTypeTests
{
    [Theory]
    [InlineData("Central")]
    [InlineData("DirectPayment")]
    [InlineData("a-vendor's-own-kind1")]
    public void The_kinds_of_token_are_open(string type) =>
        Assert.Equal(type, Payload.Valid<IdTokenType>($$"""{"idToken":"04A2","type":"{{type}}"}""").Type);

    [Fact]
    public void A_kind_of_token_has_at_most_20_characters() =>
        Payload.Violates<IdTokenType>(
            $$"""{"idToken":"04A2","type":"{{new string('t', 21)}}"}""",
            OcppRule.MaxLength,
            "/type",
            IdTokenType.TypeMaxLength,
            21
        );

    [Fact]
    public void A_period_needs_no_limit_where_it_has_a_setpoint()
    {
        ChargingSchedulePeriodType period = Payload.Valid<ChargingSchedulePeriodType>(
            """{"startPeriod":0,"setpoint":-5000.5,"operationMode":"CentralSetpoint"}"""
        );

        Assert.Equal(
            new ChargingSchedulePeriodType
            {
                StartPeriod = 0,
                Setpoint = -5000.5m,
                OperationMode = OperationModeEnumType.CentralSetpoint,
            },
            period
        );
        Assert.Null(period.Limit);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0.000001", true)]
    [InlineData("-79228162514264337593543950335", true)]
    [InlineData("0.000001", false)]
    [InlineData("1", false)]
    public void A_limit_of_discharging_is_not_above_zero(string limit, bool isValid)
    {
        string json = $$"""{"startPeriod":0,"dischargeLimit":{{limit}}}""";
        if (isValid)
        {
            Payload.Valid<ChargingSchedulePeriodType>(json);
        }
        else
        {
            Payload.Violates<ChargingSchedulePeriodType>(json, OcppRule.Maximum, "/dischargeLimit", 0);
        }
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("99.5", true)]
    [InlineData("1e2", true)]
    [InlineData("-0.1", false)]
    [InlineData("100.1", false)]
    public void A_state_of_charge_is_a_percentage(string soC, bool isValid)
    {
        string json = $$"""{"evseId":1,"serialNumber":"s","soC":{{soC}},"soH":90}""";
        if (isValid)
        {
            Payload.Valid<BatteryDataType>(json);
        }
        else if (soC[0] == '-')
        {
            Payload.Violates<BatteryDataType>(json, OcppRule.Minimum, "/soC", 0);
        }
        else
        {
            Payload.Violates<BatteryDataType>(json, OcppRule.Maximum, "/soC", 100);
        }
    }

    [Fact]
    public void A_value_is_spelled_as_the_published_schemas_do()
    {
        Assert.Equal(
            CostDimensionEnumType.IdleTIme,
            Payload.Valid<CostDimensionType>("""{"type":"IdleTIme","volume":60}""").Type
        );
        Payload.Violates<CostDimensionType>("""{"type":"IdleTime","volume":60}""", OcppRule.Enum, "/type");
    }
}
