using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.Versions;
using Ocpp.Versions;
using Ocpp201 = Ocpp.V201;
using Ocpp21 = Ocpp.V21;

namespace Ocpp.Stations.Tests.Versions;

/// <summary>The values of the parts, in the enums of the messages.</summary>
public sealed class EnumNamesTests
{
    [Fact]
    public void What_a_transaction_says_has_a_name_in_2_1()
    {
        AssertAll<TransactionEventKind, Ocpp21.TransactionEventEnumType>();
        AssertAll<TransactionTrigger, Ocpp21.TriggerReasonEnumType>();
        AssertAll<TransactionChargingState, Ocpp21.ChargingStateEnumType>();
        Assert.Equal(
            [TransactionStopReason.SoftReset, TransactionStopReason.UnlockCommand], // of 1.6
            Enum.GetValues<TransactionStopReason>()
                .Where(one => !Enum.IsDefined(typeof(Ocpp21.ReasonEnumType), one.ToString()))
        );
        Assert.Equal(
            Enum.GetNames<Ocpp21.TriggerReasonEnumType>().Order(StringComparer.Ordinal),
            Enum.GetNames<TransactionTrigger>().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_a_transaction_says_has_a_name_in_2_0_1_unless_it_is_new_in_2_1()
    {
        AssertAll<TransactionEventKind, Ocpp201.TransactionEventEnumType>();
        AssertAll<TransactionChargingState, Ocpp201.ChargingStateEnumType>();
        Assert.Equal(
            [
                TransactionTrigger.CostLimitReached,
                TransactionTrigger.LimitSet,
                TransactionTrigger.OperationModeChanged,
                TransactionTrigger.RunningCost,
                TransactionTrigger.SoCLimitReached,
                TransactionTrigger.TariffChanged,
                TransactionTrigger.TariffNotAccepted,
                TransactionTrigger.TxResumed,
            ],
            Enum.GetValues<TransactionTrigger>()
                .Where(one => !Enum.IsDefined(typeof(Ocpp201.TriggerReasonEnumType), one.ToString()))
        );
        Assert.Equal(
            Ocpp201.TriggerReasonEnumType.ChargingStateChanged,
            TransactionTrigger.LimitSet.To(Ocpp201.TriggerReasonEnumType.ChargingStateChanged)
        );
        Assert.Throws<ArgumentException>(() => TransactionTrigger.LimitSet.To<Ocpp201.TriggerReasonEnumType>());
    }

    [Fact]
    public void What_registration_and_device_model_say_has_a_name_in_both_versions()
    {
        AssertAll<Ocpp201.RegistrationStatusEnumType, OcppRegistrationStatus>();
        AssertAll<Ocpp21.RegistrationStatusEnumType, OcppRegistrationStatus>();
        AssertAll<StationTriggerStatus, Ocpp201.TriggerMessageStatusEnumType>();
        AssertAll<StationTriggerStatus, Ocpp21.TriggerMessageStatusEnumType>();
        AssertAll<VariableReadStatus, Ocpp201.GetVariableStatusEnumType>();
        AssertAll<VariableReadStatus, Ocpp21.GetVariableStatusEnumType>();
        AssertAll<VariableSetStatus, Ocpp201.SetVariableStatusEnumType>();
        AssertAll<VariableSetStatus, Ocpp21.SetVariableStatusEnumType>();
        AssertAll<AttributeType, Ocpp201.AttributeEnumType>();
        AssertAll<AttributeType, Ocpp21.AttributeEnumType>();
        AssertAll<Ocpp21.AttributeEnumType, AttributeType>();
        AssertAll<VariableMutability, Ocpp201.MutabilityEnumType>();
        AssertAll<VariableMutability, Ocpp21.MutabilityEnumType>();
        AssertAll<Ocpp201.ReportBaseEnumType, InventoryKind>();
        AssertAll<Ocpp21.ReportBaseEnumType, InventoryKind>();
        AssertAll<Ocpp201.ComponentCriterionEnumType, ComponentCriterion>();
        AssertAll<Ocpp21.ComponentCriterionEnumType, ComponentCriterion>();
        AssertAll<ReportStatus, Ocpp201.GenericDeviceModelStatusEnumType>();
        AssertAll<ReportStatus, Ocpp21.GenericDeviceModelStatusEnumType>();
        Assert.Equal(
            [VariableDataType.Text],
            Enum.GetValues<VariableDataType>()
                .Where(one => !Enum.IsDefined(typeof(Ocpp21.DataEnumType), one.ToString()))
        );
    }

    private static void AssertAll<TFrom, TTo>()
        where TFrom : struct, Enum
        where TTo : struct, Enum =>
        Assert.All(Enum.GetValues<TFrom>(), one => Assert.Equal(one.ToString(), one.To<TTo>().ToString()));
}
