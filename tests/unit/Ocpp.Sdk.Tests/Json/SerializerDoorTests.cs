using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>
/// Messages through <see cref="JsonSerializer"/>: the same records, the same bytes, the same refusals.
/// </summary>
public sealed class SerializerDoorTests
{
    private const string Json =
        "{\"csr\":\"-----BEGIN\\n+/€😀\",\"customData\":{\"vendorId\":\"v\",\"x\":[1,\"]}\",{\"y\":null}]},\"certificateType\":\"V2GCertificate\"}";

    private static readonly SignCertificateRequest s_request = OcppJson.Parse<SignCertificateRequest>(
        Encoding.UTF8.GetBytes(Json)
    );

    private static JsonTypeInfo<SignCertificateRequest> TypeInfo => Ocpp201JsonContext.Default.SignCertificateRequest;

    private static OcppJsonConverter<SignCertificateRequest> Converter { get; } = new();

    [Fact]
    public void Reflection_is_off_in_these_tests()
    {
        Assert.False(JsonSerializer.IsReflectionEnabledByDefault);
        Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(s_request));
    }

    [Fact]
    public void What_is_written_is_what_OcppJson_writes()
    {
        Assert.Equal(Json, Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(s_request)));
        Assert.Equal(Json, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(s_request, TypeInfo)));
        Assert.Equal(Json, JsonSerializer.Serialize(s_request, TypeInfo));
        using var stream = new MemoryStream();
        JsonSerializer.Serialize(stream, s_request, TypeInfo);
        Assert.Equal(Json, Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Spans_strings_elements_and_nodes_are_read()
    {
        Assert.Equal(s_request, JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(Json), TypeInfo));
        Assert.Equal(s_request, JsonSerializer.Deserialize(Encoding.UTF8.GetBytes($" \r\n{Json}\t "), TypeInfo));
        Assert.Equal(s_request, JsonSerializer.Deserialize(Json, TypeInfo));
        Assert.Equal(s_request, JsonSerializer.Deserialize(JsonElement.Parse(Json), TypeInfo));
        Assert.Equal(s_request, JsonSerializer.Deserialize(JsonNode.Parse(Json), TypeInfo));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(10_000)]
    public async Task Streams_that_come_a_byte_at_a_time_are_read(int bufferSize)
    {
        var context = new Ocpp201JsonContext(new JsonSerializerOptions { DefaultBufferSize = bufferSize });
        SignCertificateRequest large = s_request with { Csr = string.Concat(Enumerable.Repeat("MII€\n", 1_100)) };
        foreach (SignCertificateRequest request in (SignCertificateRequest[])[s_request, large])
        {
            using var stream = new DripStream([.. "  "u8, .. OcppJson.ToUtf8Bytes(request), .. "\n"u8]);
            Assert.Equal(request, await JsonSerializer.DeserializeAsync(stream, context.SignCertificateRequest));
            stream.Position = 0;
            Assert.Equal(request, JsonSerializer.Deserialize(stream, context.SignCertificateRequest));
        }
    }

    [Fact]
    public async Task Items_of_a_stream_are_read_one_by_one()
    {
        using var stream = new DripStream(Encoding.UTF8.GetBytes($"[{Json}, null ,{Json}]"));
        var items = new List<SignCertificateRequest?>();
        await foreach (SignCertificateRequest? item in JsonSerializer.DeserializeAsyncEnumerable(stream, TypeInfo))
        {
            items.Add(item);
        }

        Assert.Equal([s_request, null, s_request], items);
    }

    [Fact]
    public void Sequences_of_many_segments_are_read_and_the_reader_stands_behind_the_payload()
    {
        byte[] json = Encoding.UTF8.GetBytes($"[{Json},{Json},7]");
        for (int size = 1; size <= json.Length + 1; size++)
        {
            var reader = new Utf8JsonReader(Segments.Of(json, size));
            Assert.True(reader.Read() && reader.Read());
            Assert.Equal(s_request, JsonSerializer.Deserialize(ref reader, TypeInfo));
            Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
            Assert.True(reader.Read());
            Assert.Equal(s_request, JsonSerializer.Deserialize(ref reader, TypeInfo));
            Assert.True(reader.Read());
            Assert.Equal(7, reader.GetInt32());
            Assert.True(reader.Read());
            Assert.False(reader.Read());
        }
    }

    [Fact]
    public void A_converter_that_is_called_by_another_reads_many_segments()
    {
        byte[] json = Encoding.UTF8.GetBytes(Json);
        for (int size = 1; size <= json.Length + 1; size++)
        {
            var reader = new Utf8JsonReader(Segments.Of(json, size));
            Assert.True(reader.Read());
            Assert.Equal(
                s_request,
                Converter.Read(ref reader, typeof(SignCertificateRequest), JsonSerializerOptions.Default)
            );
        }
    }

    [Fact]
    public void A_payload_that_is_not_all_there_is_no_JSON_to_a_converter()
    {
        Assert.Equal("The payload is incomplete.", Assert.Throws<InvalidOperationException>(ReadHalf).Message);

        static void ReadHalf()
        {
            var reader = new Utf8JsonReader("{\"csr\":"u8, isFinalBlock: false, default);
            reader.Read();
            Converter.Read(ref reader, typeof(SignCertificateRequest), JsonSerializerOptions.Default);
        }
    }

    [Fact]
    public void A_converter_without_a_writer_is_refused() =>
        Assert.Throws<ArgumentNullException>(
            "writer",
            () => Converter.Write(null!, s_request, JsonSerializerOptions.Default)
        );

    [Fact]
    public void A_reader_over_one_span_stands_behind_the_payload()
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{\"a\": {Json} ,\"b\":{Json}}}"));
        Assert.True(reader.Read() && reader.Read() && reader.Read());
        Assert.Equal(s_request, JsonSerializer.Deserialize(ref reader, TypeInfo));
        Assert.True(reader.Read());
        Assert.Equal("b", reader.GetString());
        Assert.Equal(s_request, JsonSerializer.Deserialize(ref reader, TypeInfo));
        Assert.True(reader.Read());
        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
    }

    [Fact]
    public void A_message_and_enumerations_are_properties_of_a_users_own_type()
    {
        var record = new StationRecord
        {
            Name = "RDAM|123",
            Request = s_request,
            Use = CertificateSigningUseEnumType.V2GCertificate,
            History = [s_request, s_request with { CustomData = null }],
            Counts = new() { [RegistrationStatusEnumType.Accepted] = 3, [RegistrationStatusEnumType.Pending] = 0 },
            Last = 7,
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, StationRecordContext.Default.StationRecord);
        Assert.Equal(
            $"{{\"NAME\":\"RDAM|123\",\"REQUEST\":{Json},\"USE\":\"V2GCertificate\",\"OTHER_USE\":null,\"HISTORY\":[{Json},"
                + "{\"csr\":\"-----BEGIN\\n+/€😀\",\"certificateType\":\"V2GCertificate\"}],\"COUNTS\":{\"Accepted\":3,\"Pending\":0},\"LAST\":7}",
            Encoding.UTF8.GetString(json)
        );

        AssertSame(record, JsonSerializer.Deserialize(json, StationRecordContext.Default.StationRecord)!);
        var reader = new Utf8JsonReader(Segments.Of(json, 3));
        AssertSame(record, JsonSerializer.Deserialize(ref reader, StationRecordContext.Default.StationRecord)!);
        var drip = new StationRecordContext(
            new JsonSerializerOptions(StationRecordContext.Default.Options) { DefaultBufferSize = 1 }
        );
        using var stream = new DripStream(json);
        AssertSame(record, JsonSerializer.Deserialize(stream, drip.StationRecord)!);
    }

    [Fact]
    public void Contexts_are_chained()
    {
        var options = new JsonSerializerOptions();
        options.TypeInfoResolverChain.Add(Ocpp201JsonContext.Default);
        options.TypeInfoResolverChain.Add(StationRecordContext.Default);
        string json = JsonSerializer.Serialize(s_request, options);
        Assert.Equal(Json, json);
        Assert.Equal(s_request, JsonSerializer.Deserialize<SignCertificateRequest>(json, options));
        Assert.Equal([s_request], JsonSerializer.Deserialize<List<SignCertificateRequest>>($"[{json}]", options));
        Assert.Equal(s_request, JsonSerializer.Deserialize<StationRecord>($"{{\"Request\":{json}}}", options)!.Request);
        Assert.Equal("\"Accepted\"", JsonSerializer.Serialize(GenericStatusEnumType.Accepted, options));
        Assert.Null(Ocpp201JsonContext.Default.GetTypeInfo(typeof(StationRecord)));
    }

    [Fact]
    public void Every_type_of_the_context_has_its_metadata()
    {
        foreach (OcppAction action in Ocpp201Protocol.Instance.Actions)
        {
            Assert.Equal(action.RequestType, Ocpp201JsonContext.Default.GetTypeInfo(action.RequestType)!.Type);
            Assert.Equal(action.ResponseType, Ocpp201JsonContext.Default.GetTypeInfo(action.ResponseType!)!.Type);
        }
    }

    [Fact]
    public void Indented_writing_is_indented_all_through()
    {
        var context = new Ocpp201JsonContext(
            new JsonSerializerOptions
            {
                WriteIndented = true,
                NewLine = "\n",
                IndentSize = 2,
            }
        );
        Assert.Equal(
            "{\n  \"csr\": \"a\\nb\",\n  \"customData\": {\n    \"vendorId\": \"v\",\n    \"x\": [\n      1\n    ]\n  "
                + "}\n}",
            JsonSerializer.Serialize(
                OcppJson.Parse<SignCertificateRequest>(
                    "{\"csr\":\"a\\nb\",\"customData\":{\"vendorId\":\"v\",\"x\":[1]}}"u8
                ),
                context.SignCertificateRequest
            )
        );
    }

    [Fact]
    public void Null_is_null_both_ways()
    {
        Assert.Null(JsonSerializer.Deserialize("null", TypeInfo));
        Assert.Equal("null", JsonSerializer.Serialize(null!, TypeInfo));
        Assert.Null(
            JsonSerializer.Deserialize("{\"REQUEST\":null}", StationRecordContext.Default.StationRecord)!.Request
        );
    }

    [Theory]
    [InlineData("7", OcppRule.PayloadNotObject, "")]
    [InlineData("\"csr\"", OcppRule.PayloadNotObject, "")]
    [InlineData("true", OcppRule.PayloadNotObject, "")]
    [InlineData("[{\"csr\":\"c\"}]", OcppRule.PayloadNotObject, "")]
    [InlineData("{}", OcppRule.Required, "/csr")]
    [InlineData("{\"csr\":null}", OcppRule.Null, "/csr")]
    [InlineData("{\"csr\":\"c\",\"csr\":\"c\"}", OcppRule.DuplicateProperty, "/csr")]
    [InlineData("{\"csr\":\"c\",\"customData\":{\"vendorId\":7}}", OcppRule.Type, "/customData/vendorId")]
    [InlineData("{\"csr\":\"c\",\"x\":[{\"csr\":1}]}", OcppRule.UnknownProperty, "/x")]
    public void A_violation_is_an_OcppValidationException(string json, OcppRule rule, string path)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        var expected = new OcppViolation(OcppErrorMap.Default[rule], rule, path);
        Assert.Equal(
            [expected],
            Assert.Throws<OcppValidationException>(() => JsonSerializer.Deserialize(utf8, TypeInfo)).Violations
        );
        Assert.Equal(
            [expected],
            Assert.Throws<OcppValidationException>(() => JsonSerializer.Deserialize(json, TypeInfo)).Violations
        );
        Assert.Equal([expected], Assert.Throws<OcppValidationException>(() => DeserializeSegments(utf8)).Violations);
        Assert.Equal(
            [expected],
            Assert
                .Throws<OcppValidationException>(() =>
                    JsonSerializer.Deserialize($"{{\"REQUEST\":{json}}}", StationRecordContext.Default.StationRecord)
                )
                .Violations
        );
        using var stream = new DripStream(utf8);
        Assert.Equal(
            [expected],
            Assert.Throws<OcppValidationException>(() => JsonSerializer.Deserialize(stream, TypeInfo)).Violations
        );
    }

    [Fact]
    public void JSON_that_only_relaxed_options_take_is_malformed()
    {
        var options = new JsonSerializerOptions
        {
            AllowTrailingCommas = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
        };
        var context = new Ocpp201JsonContext(options);
        foreach (string json in (string[])["{\"csr\":\"c\",}", "{/* */\"csr\":\"c\"}", "{\"csr\":\"c\"//\n}"])
        {
            Assert.Equal(
                OcppRule.MalformedJson,
                Assert
                    .Throws<OcppValidationException>(() =>
                        JsonSerializer.Deserialize(json, context.SignCertificateRequest)
                    )
                    .Violations[0]
                    .Rule
            );
        }
    }

    [Fact]
    public void Malformed_JSON_is_a_JsonException()
    {
        byte[] json = Encoding.UTF8.GetBytes(Json);
        for (int length = 0; length < json.Length; length++)
        {
            byte[] cut = json.AsSpan(0, length).ToArray();
            Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(cut, TypeInfo));
            Assert.ThrowsAny<JsonException>(() => DeserializeSegments(cut));
        }
    }

    [Fact]
    public void An_invalid_record_is_not_written()
    {
        var invalid = new SignCertificateRequest
        {
            Csr = new string('c', 5501),
            CertificateType = (CertificateSigningUseEnumType)7,
        };
        using var stream = new MemoryStream();
        Assert.Equal(
            invalid.Validate(),
            Assert.Throws<OcppValidationException>(() => JsonSerializer.Serialize(stream, invalid, TypeInfo)).Violations
        );
        Assert.Equal(0, stream.Length);

        // After it the next one is written as if nothing had been.
        Assert.Equal(Json, JsonSerializer.Serialize(s_request, TypeInfo));
    }

    [Fact]
    public void Writing_from_many_threads_at_once_mixes_nothing_up() =>
        Parallel.For(
            0,
            2_000,
            i =>
            {
                SignCertificateRequest request = s_request with
                {
                    Csr = new string((char)('a' + (i % 26)), 1 + (i * 7 % 5_500)),
                };
                string json = JsonSerializer.Serialize(request, TypeInfo);
                Assert.Equal(request, JsonSerializer.Deserialize(json, TypeInfo));
            }
        );

    private static SignCertificateRequest? DeserializeSegments(byte[] json)
    {
        var reader = new Utf8JsonReader(Segments.Of(json, 2));
        return JsonSerializer.Deserialize(ref reader, TypeInfo);
    }

    private static void AssertSame(StationRecord expected, StationRecord actual)
    {
        Assert.Equal(
            (expected.Name, expected.Request, expected.Use, expected.OtherUse, expected.Last),
            (actual.Name, actual.Request, actual.Use, actual.OtherUse, actual.Last)
        );
        Assert.Equal(expected.History, actual.History);
        Assert.Equal(expected.Counts, actual.Counts);
    }
}
