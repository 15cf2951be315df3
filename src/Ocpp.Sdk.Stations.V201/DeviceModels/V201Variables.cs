using Ocpp.Stations.DeviceModels;
using Ocpp.V201;

namespace Ocpp.Stations.V201.DeviceModels;

/// <summary>The device model in types of OCPP 2.0.1.</summary>
internal static class V201Variables
{
    public static ComponentId ToComponentId(this ComponentType component) =>
        new(component.Name)
        {
            Instance = component.Instance,
            EvseId = component.Evse?.Id,
            ConnectorId = component.Evse?.ConnectorId,
        };

    public static VariableId ToVariableId(this VariableType variable) =>
        new(variable.Name) { Instance = variable.Instance };

    public static AttributeType ToAttributeType(this AttributeEnumType attribute) =>
        attribute switch
        {
            AttributeEnumType.Target => AttributeType.Target,
            AttributeEnumType.MinSet => AttributeType.MinSet,
            AttributeEnumType.MaxSet => AttributeType.MaxSet,
            _ => AttributeType.Actual,
        };

    public static GetVariableStatusEnumType ToStatus(this VariableReadStatus status) =>
        status switch
        {
            VariableReadStatus.Accepted => GetVariableStatusEnumType.Accepted,
            VariableReadStatus.UnknownComponent => GetVariableStatusEnumType.UnknownComponent,
            VariableReadStatus.UnknownVariable => GetVariableStatusEnumType.UnknownVariable,
            VariableReadStatus.NotSupportedAttributeType => GetVariableStatusEnumType.NotSupportedAttributeType,
            _ => GetVariableStatusEnumType.Rejected,
        };

    public static SetVariableStatusEnumType ToStatus(this VariableSetStatus status) =>
        status switch
        {
            VariableSetStatus.Accepted => SetVariableStatusEnumType.Accepted,
            VariableSetStatus.RebootRequired => SetVariableStatusEnumType.RebootRequired,
            VariableSetStatus.UnknownComponent => SetVariableStatusEnumType.UnknownComponent,
            VariableSetStatus.UnknownVariable => SetVariableStatusEnumType.UnknownVariable,
            VariableSetStatus.NotSupportedAttributeType => SetVariableStatusEnumType.NotSupportedAttributeType,
            _ => SetVariableStatusEnumType.Rejected,
        };

    public static StatusInfoType? ToStatusInfo(this VariableRejection? rejection) =>
        rejection is null
            ? null
            : new StatusInfoType { ReasonCode = rejection.ReasonCode, AdditionalInfo = rejection.Detail };

    public static InventoryKind ToInventoryKind(this ReportBaseEnumType reportBase) =>
        reportBase switch
        {
            ReportBaseEnumType.ConfigurationInventory => InventoryKind.Configuration,
            ReportBaseEnumType.SummaryInventory => InventoryKind.Summary,
            _ => InventoryKind.Full,
        };

    public static ComponentCriterion ToCriterion(ComponentCriterionEnumType criterion) =>
        criterion switch
        {
            ComponentCriterionEnumType.Active => ComponentCriterion.Active,
            ComponentCriterionEnumType.Available => ComponentCriterion.Available,
            ComponentCriterionEnumType.Enabled => ComponentCriterion.Enabled,
            _ => ComponentCriterion.Problem,
        };

    public static VariableFilter ToFilter(ComponentVariableType filter) =>
        new(filter.Component.ToComponentId()) { Variable = filter.Variable?.ToVariableId() };

    public static ReportDataType ToReportData(this DeviceVariable variable) =>
        new()
        {
            Component = new ComponentType
            {
                Name = variable.Component.Name,
                Instance = variable.Component.Instance,
                Evse = variable.Component.EvseId is { } evseId
                    ? new EVSEType { Id = evseId, ConnectorId = variable.Component.ConnectorId }
                    : null,
            },
            Variable = new VariableType { Name = variable.Id.Name, Instance = variable.Id.Instance },
            VariableAttribute = [.. variable.Attributes.Select(one => ToAttribute(variable, one))],
            VariableCharacteristics = new VariableCharacteristicsType
            {
                DataType = ToDataType(variable.DataType),
                Unit = variable.Options.Unit,
                MinLimit = variable.Options.MinLimit,
                MaxLimit = variable.Options.MaxLimit,
                ValuesList = variable.Choices.Count > 0 ? string.Join(',', variable.Choices) : null,
                SupportsMonitoring = variable.Options.SupportsMonitoring,
            },
        };

    /// <summary>
    /// An attribute is reported also if it has no value (B07.FR.11), but never with the value of one that can only be
    /// set.
    /// </summary>
    private static VariableAttributeType ToAttribute(DeviceVariable variable, AttributeType attribute)
    {
        VariableMutability? mutability = variable.MutabilityOf(attribute);
        return new VariableAttributeType
        {
            Type = attribute switch
            {
                AttributeType.Target => AttributeEnumType.Target,
                AttributeType.MinSet => AttributeEnumType.MinSet,
                AttributeType.MaxSet => AttributeEnumType.MaxSet,
                _ => AttributeEnumType.Actual,
            },
            Value = mutability == VariableMutability.WriteOnly ? null : variable.GetText(attribute) ?? "",
            Mutability = mutability switch
            {
                VariableMutability.ReadOnly => MutabilityEnumType.ReadOnly,
                VariableMutability.WriteOnly => MutabilityEnumType.WriteOnly,
                _ => MutabilityEnumType.ReadWrite,
            },
            Persistent = variable.IsPersistent,
            Constant = variable.Options.IsConstant,
        };
    }

    private static DataEnumType ToDataType(VariableDataType dataType) =>
        dataType switch
        {
            VariableDataType.Decimal => DataEnumType.Decimal,
            VariableDataType.Integer => DataEnumType.Integer,
            VariableDataType.DateTime => DataEnumType.DateTime,
            VariableDataType.Boolean => DataEnumType.Boolean,
            VariableDataType.OptionList => DataEnumType.OptionList,
            VariableDataType.SequenceList => DataEnumType.SequenceList,
            VariableDataType.MemberList => DataEnumType.MemberList,
            _ => DataEnumType.String,
        };
}
