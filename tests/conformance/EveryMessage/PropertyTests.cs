using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ocpp.EveryMessage.Schemas;
using Ocpp.EveryMessage.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Ocpp.EveryMessage;

/// <summary>
/// What holds for payloads nobody thought of. All seeds are fixed: a failure comes back until it is mended.
/// </summary>
public sealed class PropertyTests(ITestOutputHelper output)
{
    private const ulong Seed = 20260131;
    private const int ValidPayloads = 60;
    private const int MutatedPayloads = 300;

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Random_valid_payloads_are_read_and_written_without_loss(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        int valid = 0;
        Prop.ForAll(
                Arb.From(PayloadGenerator.Payload(schema.Root), Shrinking.Shrink),
                payload =>
                {
                    // A shrunk payload may be invalid: then it says nothing here.
                    byte[] json = payload.ToUtf8();
                    if (!schema.Judge.Ask(json).IsValid)
                    {
                        return;
                    }

                    valid++;
                    Assert.True(
                        schema.Type.TryParse(json, out object? record, out OcppViolation violation),
                        violation.ToString()
                    );
                    Assert.Empty(schema.Type.Validate(record!));
                    byte[] written = schema.Type.ToUtf8Bytes(record!);
                    Assert.True(
                        JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(written)),
                        "What was written says something else."
                    );
                    Assert.True(schema.Judge.Ask(written).IsValid, "The judge refuses what was written.");
                    Assert.True(schema.Type.TryParse(written, out object? again, out violation), violation.ToString());
                    Assert.Equal(record, again);
                    Assert.Equal(record!.GetHashCode(), again!.GetHashCode());
                    Assert.Equal(written, schema.Type.ToUtf8Bytes(again));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(ValidPayloads).WithReplay(Seed, Seed | 1));
        Assert.Equal(ValidPayloads, valid);
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Payload_mutated_in_its_structure_gets_the_judges_verdict(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        var random = new Random((int)Seed);
        AssertVerdicts(
            schema,
            Bases(schema)
                .SelectMany(payload =>
                    Enumerable
                        .Range(0, MutatedPayloads / 10)
                        .Select(_ =>
                        {
                            WireValue mutated = payload;
                            for (int count = random.Next(1, 4); count > 0; count--)
                            {
                                mutated = mutated.MutateStructure(random);
                            }

                            return mutated.ToUtf8(random.Next(4) == 0 ? " " : "");
                        })
                )
        );
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Payload_mutated_in_its_bytes_gets_the_judges_verdict(string payloadName)
    {
        SchemaFile schema = SchemaFile.Get(payloadName);
        var random = new Random((int)Seed);
        AssertVerdicts(
            schema,
            Bases(schema)
                .SelectMany(payload =>
                    Enumerable.Range(0, MutatedPayloads / 10).Select(_ => payload.ToUtf8().MutateBytes(random))
                )
        );
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Payload_mutated_byte_by_byte_in_turn_gets_the_judges_verdict(string payloadName)
    {
        // Each byte of the smallest payload, replaced by each that means something in JSON or in UTF-8.
        SchemaFile schema = SchemaFile.Get(payloadName);
        byte[] json = Samples.Minimal(schema.Root).ToUtf8();
        AssertVerdicts(
            schema,
            Enumerable
                .Range(0, Math.Min(json.Length, 60))
                .SelectMany(
                    _ => "{}[]:,\"\\ 0-.e\n\0\x7Fn"u8.ToArray().Concat(new byte[] { 0x80, 0xC3, 0xED, 0xFF }),
                    (at, replacement) => json[..at].Append(replacement).Concat(json[(at + 1)..]).ToArray()
                )
        );
    }

    [Theory]
    [ClassData(typeof(PayloadNames))]
    public void Bytes_at_random_never_throw(string payloadName)
    {
        var random = new Random((int)Seed);
        AssertVerdicts(
            SchemaFile.Get(payloadName),
            Enumerable
                .Range(0, 50)
                .Select(_ =>
                {
                    byte[] bytes = new byte[random.Next(100)];
                    random.NextBytes(bytes);
                    return bytes;
                })
        );
    }

    private static IEnumerable<WireObject> Bases(SchemaFile schema) =>
        [
            Samples.Full(schema.Root),
            Samples.Minimal(schema.Root),
            .. PayloadGenerator.Payload(schema.Root).Sample(8, new Rnd(Seed, Seed | 1), 50),
        ];

    private void AssertVerdicts(SchemaFile schema, IEnumerable<byte[]> payloads)
    {
        int valid = 0;
        int stricter = 0;
        int malformed = 0;
        int total = 0;
        foreach (byte[] json in payloads)
        {
            Verdict verdict = schema.Judge.Ask(json);
            string? problem = FindProblem(schema, json, verdict);
            Assert.True(problem is null, $"{problem}\n{Encoding.UTF8.GetString(json)}\n{Convert.ToHexString(json)}");
            total++;
            valid += verdict.IsValid ? 1 : 0;
            malformed += verdict.IsJson ? 0 : 1;
            stricter += verdict is { FitsSchema: true, IsValid: false } ? 1 : 0;
        }

        output.WriteLine(
            $"{schema.Name}: {total} payloads, {valid} valid, {malformed} malformed, "
                + $"{stricter} refused by this SDK alone"
        );
    }

    private static string? FindProblem(SchemaFile schema, byte[] json, Verdict verdict)
    {
        bool isValid = schema.Type.TryParse(json, out object? record, out OcppViolation first);
        if (verdict.FindDisagreement(isValid ? null : first, schema.Type.Check(json)) is { } problem)
        {
            return problem;
        }

        return isValid && !schema.Type.TryParse(schema.Type.ToUtf8Bytes(record!), out _, out OcppViolation own)
            ? $"What is written of it is refused: {own}"
            : null;
    }
}
