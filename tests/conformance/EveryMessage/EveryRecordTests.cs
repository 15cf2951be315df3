using System.Buffers;
using Ocpp.EveryMessage.Schemas;
using Xunit;
using Xunit.Abstractions;

namespace Ocpp.EveryMessage;

/// <summary>Writing enforces what reading does, for every payload that has a schema.</summary>
public sealed class EveryRecordTests(ITestOutputHelper output)
{
    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Record_that_breaks_a_rule_is_not_written_and_the_rule_is_named(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        IReadOnlyList<InvalidRecord> records = InvalidRecords.Of(schema.Root, Read(schema));
        foreach (InvalidRecord invalid in records)
        {
            string message = $"{invalid.What} at {invalid.Expected.Path}";
            IReadOnlyList<OcppViolation> found = schema.Type.Validate(invalid.Record);
            Assert.True(found is [var only] && only == invalid.Expected, $"{message}: {string.Join(' ', found)}");

            var buffer = new ArrayBufferWriter<byte>();
            var exception = Assert.Throws<OcppValidationException>(() => schema.Type.Write(buffer, invalid.Record));
            Assert.Equal([invalid.Expected], exception.Violations);
            Assert.Equal(0, buffer.WrittenCount);
        }

        output.WriteLine($"{payloadName}: {records.Count} invalid records");
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Records_differ_in_whichever_value_differs(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        object record = Read(schema);
        Assert.Equal(record, Read(schema));
        Assert.Equal(record.GetHashCode(), Read(schema).GetHashCode());

        // Each of these differs from the valid record in one place, however deep; those lists are equal to no other
        // list.
        foreach (InvalidRecord invalid in InvalidRecords.Of(schema.Root, record))
        {
            Assert.False(record.Equals(invalid.Record), $"{invalid.What} at {invalid.Expected.Path}");
            Assert.False(invalid.Record.Equals(record), $"{invalid.What} at {invalid.Expected.Path}");
        }
    }

    private static object Read(SchemaFile schema)
    {
        Assert.True(
            schema.Type.TryParse(Samples.Full(schema.Root).ToUtf8(), out object? record, out OcppViolation violation),
            violation.ToString()
        );
        return record!;
    }
}
