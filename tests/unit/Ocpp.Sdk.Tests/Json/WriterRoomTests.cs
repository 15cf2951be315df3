using System.Text;
using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.Tests.Json;

/// <summary>
/// However little room the buffer has left, each value is written whole, and what was written before stays.
/// </summary>
public sealed class WriterRoomTests
{
    // The first span has 512 bytes; the values begin at every place up to some behind its end.
    private const int LastStart = 520;

    private static readonly Dictionary<string, (WriteValue Write, string Json)> s_values = new()
    {
        ["bytes"] = ((ref OcppJsonWriter writer) => writer.WriteRaw("\"abc\""u8), "\"abc\""),
        ["text"] = ((ref OcppJsonWriter writer) => writer.WriteString("abc"), "\"abc\""),
        ["long text"] = (
            (ref OcppJsonWriter writer) => writer.WriteString(new string('b', 1600)),
            $"\"{new string('b', 1600)}\""
        ),
        ["escape"] = ((ref OcppJsonWriter writer) => writer.WriteString("\n"), "\"\\n\""),
        ["escapes"] = ((ref OcppJsonWriter writer) => writer.WriteString("a\u0001b\u001Fc"), "\"a\\u0001b\\u001fc\""),
        ["beyond ASCII"] = ((ref OcppJsonWriter writer) => writer.WriteString("é€😀"), "\"é€😀\""),
        ["all of it"] = (
            (ref OcppJsonWriter writer) => writer.WriteString("0123456789\"é\n0123456789"),
            "\"0123456789\\\"é\\n0123456789\""
        ),
        ["integer"] = ((ref OcppJsonWriter writer) => writer.WriteInt32(int.MinValue), "-2147483648"),
        ["decimal"] = (
            (ref OcppJsonWriter writer) => writer.WriteDecimal(-7.9228162514264337593543950335m),
            "-7.9228162514264337593543950335"
        ),
        ["time"] = (
            (ref OcppJsonWriter writer) =>
                writer.WriteDateTimeOffset(new DateTimeOffset(2026, 1, 31, 12, 34, 56, 789, TimeSpan.FromHours(-3.5))),
            "\"2026-01-31T12:34:56.789-03:30\""
        ),
        ["boolean"] = ((ref OcppJsonWriter writer) => writer.WriteBoolean(false), "false"),
        ["any JSON"] = (
            (ref OcppJsonWriter writer) => writer.WriteAny(JsonElement.Parse("[1,{\"a\":null}]")),
            "[1,{\"a\":null}]"
        ),
        ["list"] = ((ref OcppJsonWriter writer) => writer.WriteArray([1, 22, 333], WriteItem), "[1,22,333]"),
        ["list of one"] = ((ref OcppJsonWriter writer) => writer.WriteArray([1], WriteItem), "[1]"),
        ["empty list"] = ((ref OcppJsonWriter writer) => writer.WriteArray<int>([], WriteItem), "[]"),
        ["object"] = (
            (ref OcppJsonWriter writer) =>
            {
                int start = writer.Position;
                writer.WriteRaw(",\"a\":1"u8);
                writer.EndObject(start);
            },
            "{\"a\":1}"
        ),
        ["empty object"] = ((ref OcppJsonWriter writer) => writer.EndObject(writer.Position), "{}"),
        ["further properties"] = (
            (ref OcppJsonWriter writer) =>
                writer.WriteOthers(
                    new Dictionary<string, JsonElement>
                    {
                        ["a\"b"] = JsonElement.Parse("1"),
                        ["c"] = JsonElement.Parse("\"d\""),
                    },
                    ["own"]
                ),
            ",\"a\\\"b\":1,\"c\":\"d\""
        ),
    };

    public static TheoryData<string> Values { get; } = [.. s_values.Keys];

    private delegate void WriteValue(ref OcppJsonWriter writer);

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_written_whole_wherever_the_span_ends(string name)
    {
        (WriteValue write, string json) = s_values[name];
        for (int start = 0; start <= LastStart; start++)
        {
            byte[] before = Encoding.ASCII.GetBytes(new string('x', start));
            var output = new ExactBufferWriter();
            var writer = new OcppJsonWriter(output);
            writer.WriteRaw(before);
            write(ref writer);
            writer.WriteRaw("."u8);
            writer.Complete();

            Assert.Equal([.. before, .. Encoding.UTF8.GetBytes(json), (byte)'.'], output.Written);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_list_has_as_few_and_as_many_items_as_its_limits(int count, bool isValid)
    {
        var output = new ExactBufferWriter();
        var writer = new OcppJsonWriter(output);

        writer.WriteArray<int>([.. Enumerable.Range(1, count)], WriteItem, 1, 3);

        Assert.Equal(isValid, !writer.IsDeviating);
        Assert.Equal(count == 0 ? 2 : 1 + (2 * count), writer.Position);
    }

    [Fact]
    public void A_list_that_is_null_is_refused()
    {
        var writer = new OcppJsonWriter(new ExactBufferWriter());

        writer.WriteArray<int>(null!, WriteItem);

        Assert.True(writer.IsInvalid);
    }

    [Fact]
    public void A_further_property_with_the_name_of_an_own_one_is_refused()
    {
        var writer = new OcppJsonWriter(new ExactBufferWriter());

        writer.WriteOthers(new Dictionary<string, JsonElement> { ["own"] = JsonElement.Parse("1") }, ["own"]);

        Assert.True(writer.IsInvalid);
    }

    [Fact]
    public void JSON_of_any_type_that_can_not_be_written_leaves_no_byte()
    {
        var writer = new OcppJsonWriter(new ExactBufferWriter());

        writer.WriteAny(JsonElement.Parse("{\"a\":1,\"a\":2}"));

        Assert.Equal((false, true), (writer.IsInvalid, writer.IsDeviating));
    }

    private static void WriteItem(ref OcppJsonWriter writer, int item) => writer.WriteInt32(item);
}
