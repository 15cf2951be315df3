using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>Enumerations through <see cref="JsonSerializer"/>: by their names on the wire, exactly spelled.</summary>
public sealed class SerializerEnumTests
{
    private static JsonTypeInfo<MessageTriggerEnumType> TypeInfo => Ocpp201JsonContext.Default.MessageTriggerEnumType;

    private static JsonConverter<MessageTriggerEnumType> Converter =>
        (JsonConverter<MessageTriggerEnumType>)TypeInfo.Converter;

    [Fact]
    public void Every_value_comes_back_from_its_name()
    {
        foreach (MessageTriggerEnumType value in Enum.GetValues<MessageTriggerEnumType>())
        {
            string json = JsonSerializer.Serialize(value, TypeInfo);
            Assert.Equal($"\"{value.ToWireName()}\"", json);
            Assert.Equal(value, JsonSerializer.Deserialize(json, TypeInfo));
        }
    }

    [Fact]
    public void Escapes_in_a_name_are_resolved_in_one_span_and_in_many_segments()
    {
        byte[] json = Encoding.ASCII.GetBytes("\"\\u0048eart\\u0062eat\"");
        Assert.Equal(MessageTriggerEnumType.Heartbeat, JsonSerializer.Deserialize(json, TypeInfo));
        var reader = new Utf8JsonReader(Segments.Of(json, 1));
        Assert.Equal(MessageTriggerEnumType.Heartbeat, JsonSerializer.Deserialize(ref reader, TypeInfo));
    }

    [Fact]
    public void A_converter_that_is_called_by_another_reads_many_segments()
    {
        Assert.Equal(MessageTriggerEnumType.Heartbeat, Read("Heartbeat"));
        Assert.Equal(
            OcppRule.Enum,
            Assert.Throws<OcppValidationException>(() => Read(new string('x', 1000))).Violations[0].Rule
        );

        static MessageTriggerEnumType Read(string name)
        {
            var reader = new Utf8JsonReader(Segments.Of(Encoding.ASCII.GetBytes($"\"{name}\""), 3));
            reader.Read();
            return Converter.Read(ref reader, typeof(MessageTriggerEnumType), JsonSerializerOptions.Default);
        }
    }

    [Fact]
    public void A_converter_without_a_writer_is_refused()
    {
        Assert.Throws<ArgumentNullException>(
            "writer",
            () => Converter.Write(null!, MessageTriggerEnumType.Heartbeat, JsonSerializerOptions.Default)
        );
        Assert.Throws<ArgumentNullException>(
            "writer",
            () => Converter.WriteAsPropertyName(null!, MessageTriggerEnumType.Heartbeat, JsonSerializerOptions.Default)
        );
    }

    [Theory]
    [InlineData("\"\"", OcppRule.Enum)]
    [InlineData("\"heartbeat\"", OcppRule.Enum)]
    [InlineData("\" Heartbeat\"", OcppRule.Enum)]
    [InlineData("\"0\"", OcppRule.Enum)]
    [InlineData("\"Heartbeat\\u0000\"", OcppRule.Enum)]
    [InlineData("0", OcppRule.Type)]
    [InlineData("true", OcppRule.Type)]
    [InlineData("null", OcppRule.Type)]
    [InlineData("{}", OcppRule.Type)]
    [InlineData("[\"Heartbeat\"]", OcppRule.Type)]
    public void Another_name_or_type_is_a_violation(string json, OcppRule rule) =>
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.TypeConstraintViolation, rule, "")],
            Assert.Throws<OcppValidationException>(() => JsonSerializer.Deserialize(json, TypeInfo)).Violations
        );

    [Fact]
    public void A_name_of_any_length_is_refused_without_being_copied()
    {
        for (int length = 200; length < 400; length++)
        {
            string json = $"\"{new string('x', length)}\"";
            Assert.Equal(
                OcppRule.Enum,
                Assert
                    .Throws<OcppValidationException>(() => JsonSerializer.Deserialize(json, TypeInfo))
                    .Violations[0]
                    .Rule
            );
        }

        byte[] huge = Encoding.ASCII.GetBytes($"\"{new string('x', 1_000_000)}\"");
        Assert.Throws<OcppValidationException>(() => JsonSerializer.Deserialize(huge, TypeInfo));
    }

    [Theory]
    [InlineData("22FF22")]
    [InlineData("225C756438303022")]
    public void A_name_that_is_no_Unicode_is_a_JsonException(string hex) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(Convert.FromHexString(hex), TypeInfo));

    [Fact]
    public void A_value_that_is_not_declared_is_not_written() =>
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Enum, "")],
            Assert
                .Throws<OcppValidationException>(() => JsonSerializer.Serialize((MessageTriggerEnumType)1000, TypeInfo))
                .Violations
        );

    [Fact]
    public void An_unknown_key_of_a_dictionary_is_a_violation()
    {
        Assert.Equal(
            OcppRule.Enum,
            Assert
                .Throws<OcppValidationException>(() =>
                    JsonSerializer.Deserialize(
                        "{\"COUNTS\":{\"accepted\":1}}",
                        StationRecordContext.Default.StationRecord
                    )
                )
                .Violations[0]
                .Rule
        );
        Assert.Throws<OcppValidationException>(() =>
            JsonSerializer.Serialize(
                new StationRecord { Counts = new() { [(RegistrationStatusEnumType)9] = 1 } },
                StationRecordContext.Default.StationRecord
            )
        );
    }
}
