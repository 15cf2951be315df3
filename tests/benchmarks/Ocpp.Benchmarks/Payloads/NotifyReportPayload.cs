using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.V201;
using Classes = Ocpp.Benchmarks.Models.Classes;
using Records = Ocpp.Benchmarks.Models.Records;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>A hundred variables of a device model, each with three attributes.</summary>
internal sealed class NotifyReportPayload()
    : Payload<NotifyReportRequest, Records.NotifyReportRequest, Classes.NotifyReportRequest>(
        Build(),
        Ocpp201JsonContext.Default.NotifyReportRequest,
        Records.RecordsContext.Default.NotifyReportRequest,
        Classes.ClassesContext.Default.NotifyReportRequest
    )
{
    private const int Entries = 100;

    public override string Name => "NotifyReport";

    public override string Action => "NotifyReport";

    public override double MostOfReader => 0.85;

    public override double MostOfWriter => 0.35;

    public override double LeastTimesFaster => 5;

    public override object Copy() =>
        new NotifyReportRequest
        {
            RequestId = Request.RequestId,
            GeneratedAt = Request.GeneratedAt,
            ReportData = Array.ConvertAll((ReportDataType[])Request.ReportData!, Copy),
            Tbc = Request.Tbc,
            SeqNo = Request.SeqNo,
        };

    public override object? ReadWithSdk(ReadOnlySpan<byte> utf8Json) =>
        OcppJson.TryParse(utf8Json, out NotifyReportRequest? request, out _) ? request : null;

    public override void WriteFrameWithSdk(IBufferWriter<byte> output) =>
        OcppFrame.WriteCall(output, MessageId, Request);

    public override void WriteTokens(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("requestId"u8, Request.RequestId);
        writer.WriteString("generatedAt"u8, Request.GeneratedAt.UtcDateTime);
        writer.WriteNumber("seqNo"u8, Request.SeqNo);
        writer.WriteStartArray("reportData"u8);
        foreach (ReportDataType entry in Request.ReportData!)
        {
            Write(writer, entry);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("tbc"u8, Request.Tbc!.Value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReportDataType entry)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("component"u8);
        writer.WriteString("name"u8, entry.Component.Name);
        writer.WriteStartObject("evse"u8);
        writer.WriteNumber("id"u8, entry.Component.Evse!.Id);
        writer.WriteNumber("connectorId"u8, entry.Component.Evse.ConnectorId!.Value);
        writer.WriteEndObject();
        writer.WriteString("instance"u8, entry.Component.Instance);
        writer.WriteEndObject();
        writer.WriteStartObject("variable"u8);
        writer.WriteString("name"u8, entry.Variable.Name);
        writer.WriteString("instance"u8, entry.Variable.Instance);
        writer.WriteEndObject();
        writer.WriteStartArray("variableAttribute"u8);
        foreach (VariableAttributeType attribute in entry.VariableAttribute)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, attribute.Type!.Value.ToWireName());
            writer.WriteString("value"u8, attribute.Value);
            writer.WriteString("mutability"u8, attribute.Mutability!.Value.ToWireName());
            writer.WriteBoolean("persistent"u8, attribute.Persistent!.Value);
            writer.WriteBoolean("constant"u8, attribute.Constant!.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        VariableCharacteristicsType characteristics = entry.VariableCharacteristics!;
        writer.WriteStartObject("variableCharacteristics"u8);
        writer.WriteString("dataType"u8, "decimal"u8);
        writer.WriteBoolean("supportsMonitoring"u8, characteristics.SupportsMonitoring);
        writer.WriteString("unit"u8, characteristics.Unit);
        writer.WriteNumber("minLimit"u8, characteristics.MinLimit!.Value);
        writer.WriteNumber("maxLimit"u8, characteristics.MaxLimit!.Value);
        writer.WriteString("valuesList"u8, characteristics.ValuesList);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static ReportDataType Copy(ReportDataType entry) =>
        new()
        {
            Component = new ComponentType
            {
                Evse = new EVSEType { Id = entry.Component.Evse!.Id, ConnectorId = entry.Component.Evse.ConnectorId },
                Name = CopyOf(entry.Component.Name),
                Instance = CopyOfOptional(entry.Component.Instance),
            },
            Variable = new VariableType
            {
                Name = CopyOf(entry.Variable.Name),
                Instance = CopyOfOptional(entry.Variable.Instance),
            },
            VariableAttribute = Array.ConvertAll((VariableAttributeType[])entry.VariableAttribute, Copy),
            VariableCharacteristics = entry.VariableCharacteristics! with
            {
                Unit = CopyOfOptional(entry.VariableCharacteristics.Unit),
                ValuesList = CopyOfOptional(entry.VariableCharacteristics.ValuesList),
            },
        };

    private static VariableAttributeType Copy(VariableAttributeType attribute) =>
        attribute with
        {
            Value = CopyOfOptional(attribute.Value),
        };

    private static NotifyReportRequest Build() =>
        new()
        {
            RequestId = 4211,
            GeneratedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, 589, TimeSpan.Zero),
            ReportData = Enumerable.Range(0, Entries).Select(BuildEntry).ToArray(),
            Tbc = true,
            SeqNo = 3,
        };

    private static ReportDataType BuildEntry(int index) =>
        new()
        {
            Component = new ComponentType
            {
                Evse = new EVSEType { Id = (index / 10) + 1, ConnectorId = (index % 2) + 1 },
                Name = "SmartChargingController",
                Instance = string.Create(CultureInfo.InvariantCulture, $"Controller-{index}"),
            },
            Variable = new VariableType
            {
                Name = "ChargingCurrentLimit",
                Instance = string.Create(CultureInfo.InvariantCulture, $"Phase rotation {index % 3}"),
            },
            VariableAttribute = new[]
            {
                Attribute(AttributeEnumType.Target, index + 16, MutabilityEnumType.ReadWrite),
                Attribute(AttributeEnumType.Actual, index + 6, MutabilityEnumType.ReadWrite),
                Attribute(AttributeEnumType.MaxSet, index + 32, MutabilityEnumType.ReadOnly),
            },
            VariableCharacteristics = new VariableCharacteristicsType
            {
                Unit = "A",
                DataType = DataEnumType.Decimal,
                MinLimit = 6.0m + (index * 0.25m),
                MaxLimit = 63.5m + index,
                ValuesList = "6.0,8.0,10.0,13.0,16.0,20.0,25.0,32.0,40.0,50.0,63.0",
                SupportsMonitoring = true,
            },
        };

    private static VariableAttributeType Attribute(AttributeEnumType type, int value, MutabilityEnumType mutability) =>
        new()
        {
            Type = type,
            Value = string.Create(CultureInfo.InvariantCulture, $"{value}.5"),
            Mutability = mutability,
            Persistent = true,
            Constant = false,
        };
}
