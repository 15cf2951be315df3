using System.Text.Json;
using Ocpp.Json;

namespace Ocpp.Tests.Validation;

/// <summary>
/// A message written by hand in the shape that the generator gives to its own, with a property of every kind: so that
/// the runtime is tested whatever the schemas hold.
/// </summary>
public sealed record Reading : IOcppRequest<Reading, Reading>
{
    public static string Action { get; } = string.Concat("AVendorsVeryOwnAction", new string('X', 80));

    public required int Count { get; init; }

    public decimal? Level { get; init; }

    public bool? IsFinal { get; init; }

    public DateTimeOffset? Time { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public IReadOnlyList<int>? Numbers { get; init; }

    public IReadOnlyList<Reading>? Parts { get; init; }

    public JsonElement? Any { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Others { get; init; }

    public bool Equals(Reading? other) =>
        other is not null
        && (Count, Level, IsFinal, Time) == (other.Count, other.Level, other.IsFinal, other.Time)
        && OcppEquality.AreEqual(Names, other.Names)
        && OcppEquality.AreEqual(Numbers, other.Numbers)
        && OcppEquality.AreEqual(Parts, other.Parts)
        && OcppEquality.AreEqual(Any, other.Any)
        && OcppEquality.AreEqual(Others, other.Others);

    public override int GetHashCode() =>
        HashCode.Combine(
            Count,
            Level,
            IsFinal,
            Time,
            OcppEquality.GetHashCode(Names),
            OcppEquality.GetHashCode(Others)
        );

    public static Reading? Read(ref OcppJsonReader reader)
    {
        if (!reader.BeginObject())
        {
            return null;
        }

        int? count = null;
        decimal? level = null;
        bool? isFinal = null;
        DateTimeOffset? time = null;
        IReadOnlyList<string>? names = null;
        IReadOnlyList<int>? numbers = null;
        IReadOnlyList<Reading>? parts = null;
        JsonElement? any = null;
        OcppFurtherProperties others = default;
        ulong seen = 0;
        int start;
        do
        {
            start = reader.Position;
            if (reader.IsNext("\"count\":"u8))
            {
                count = reader.ReadInt32(0, 100);
                if (!reader.MoveNext("count", 1, ref seen, required: true))
                {
                    break;
                }
            }

            if (reader.IsNext("\"level\":"u8))
            {
                level = reader.ReadDecimal(-1, 1);
                if (!reader.MoveNext("level", 2, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"final\":"u8))
            {
                isFinal = reader.ReadBoolean();
                if (!reader.MoveNext("final", 4, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"time\":"u8))
            {
                time = reader.ReadDateTimeOffset();
                if (!reader.MoveNext("time", 8, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"names\":"u8))
            {
                names = reader.ReadArray(static (ref OcppJsonReader r) => r.ReadString(5)!, 1, 3);
                if (!reader.MoveNext("names", 16, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"numbers\":"u8))
            {
                numbers = reader.ReadArray(static (ref OcppJsonReader r) => r.ReadInt32().GetValueOrDefault());
                if (!reader.MoveNext("numbers", 32, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"parts\":"u8))
            {
                parts = reader.ReadArray(static (ref OcppJsonReader r) => Read(ref r)!);
                if (!reader.MoveNext("parts", 64, ref seen))
                {
                    break;
                }
            }

            if (reader.IsNext("\"any\":"u8))
            {
                any = reader.ReadAny();
                if (!reader.MoveNext("any", 128, ref seen))
                {
                    break;
                }
            }
        } while (reader.Position != start || reader.OtherProperty(ref others));

        reader.EndOtherProperties(ref others);
        if (!reader.EndObject(seen, 1))
        {
            reader.Missing("count", 1, seen);
            return null;
        }

        return new Reading
        {
            Count = count.GetValueOrDefault(),
            Level = level,
            IsFinal = isFinal,
            Time = time,
            Names = names,
            Numbers = numbers,
            Parts = parts,
            Any = any,
            Others = others.Values,
        };
    }

    public static void Write(ref OcppJsonWriter writer, Reading value)
    {
        if (value is null)
        {
            writer.WriteMissing();
            return;
        }

        writer.WriteRaw("{\"count\":"u8);
        writer.WriteInt32(value.Count, 0, 100);
        if (value.Level is { } level)
        {
            writer.WriteRaw(",\"level\":"u8);
            writer.WriteDecimal(level, -1, 1);
        }

        if (value.IsFinal is { } isFinal)
        {
            writer.WriteRaw(",\"final\":"u8);
            writer.WriteBoolean(isFinal);
        }

        if (value.Time is { } time)
        {
            writer.WriteRaw(",\"time\":"u8);
            writer.WriteDateTimeOffset(time);
        }

        if (value.Names is { } names)
        {
            writer.WriteRaw(",\"names\":"u8);
            writer.WriteArray(names, static (ref OcppJsonWriter w, string item) => w.WriteString(item, 5), 1, 3);
        }

        if (value.Numbers is { } numbers)
        {
            writer.WriteRaw(",\"numbers\":"u8);
            writer.WriteArray(numbers, static (ref OcppJsonWriter w, int item) => w.WriteInt32(item));
        }

        if (value.Parts is { } parts)
        {
            writer.WriteRaw(",\"parts\":"u8);
            writer.WriteArray(parts, static (ref OcppJsonWriter w, Reading item) => Write(ref w, item));
        }

        if (value.Any is { } any)
        {
            writer.WriteRaw(",\"any\":"u8);
            writer.WriteAny(any);
        }

        writer.WriteOthers(value.Others, ["count", "level", "final", "time", "names", "numbers", "parts", "any"]);
        writer.WriteRaw("}"u8);
    }

    public IReadOnlyList<OcppViolation> Validate() => OcppGeneratedCode.Validate(this);
}
