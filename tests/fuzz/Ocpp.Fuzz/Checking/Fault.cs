using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ocpp.EveryMessage;
using Ocpp.Fuzz.Trials;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp.Fuzz.Checking;

/// <summary>A mistake that a reader could have, planted to see whether it is found.</summary>
/// <param name="Name">What the reader does.</param>
/// <param name="Kinds">
/// The comparisons that can find it, whichever comes first; none where the process is to die of it.
/// </param>
/// <param name="MaxBytes">The most bytes that the minimised message may have.</param>
/// <param name="Reader">The reader.</param>
internal sealed record Fault(string Name, string[] Kinds, int MaxBytes, Reader Reader)
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new(
            "takes-one-too-many",
            ["schema"],
            1000,
            new Accepting(violation =>
                violation.Rule is OcppRule.MaxLength or OcppRule.MaxItems && violation.Actual == violation.Limit + 1
            )
        ),
        new(
            "takes-duplicates",
            ["schema", "JsonSerializer", "value"],
            400,
            new Accepting(violation => violation.Rule == OcppRule.DuplicateProperty)
        ),
        new("refuses-DEL", ["schema", "writing"], 400, new RefusingDelete()),
        new("misreads-a-digit", ["JsonSerializer", "value"], 500, new MisreadingDigits()),
        new("writes-another-escape", ["writing"], 400, new WritingOtherEscapes()),
        new("lists-one-too-few", ["Check"], 400, new ListingTooFew()),
        new("throws-for-a-deep-value", ["exception InvalidOperationException"], 500, new ThrowingForDepth()),
        new("reads-past-the-end", [], 0, new ReadingPastTheEnd()),
    ];

    public static Reader Find(string name) => All.FirstOrDefault(fault => fault.Name == name)?.Reader ?? new Reader();

    private sealed class Accepting(Func<OcppViolation, bool> accept) : Reader
    {
        private readonly OcppReadOptions _options = new() { Accept = accept };

        public override bool TryParse(
            PayloadType type,
            ReadOnlySpan<byte> payload,
            out object? value,
            out OcppViolation violation
        ) => type.TryParse(payload, out value, out violation, _options);

        public override IReadOnlyList<OcppViolation> Check(PayloadType type, ReadOnlySpan<byte> payload) =>
            type.Check(payload, _options);
    }

    private sealed class RefusingDelete : Reader
    {
        private static readonly OcppViolation s_violation = new(
            OcppErrorCode.FormatViolation,
            OcppRule.InvalidText,
            ""
        );

        public override bool TryParse(
            PayloadType type,
            ReadOnlySpan<byte> payload,
            out object? value,
            out OcppViolation violation
        )
        {
            bool isValid = base.TryParse(type, payload, out value, out violation);
            if (!isValid || !payload.Contains((byte)0x7F))
            {
                return isValid;
            }

            value = null;
            violation = s_violation;
            return false;
        }

        public override IReadOnlyList<OcppViolation> Check(PayloadType type, ReadOnlySpan<byte> payload) =>
            base.Check(type, payload) is [] && payload.Contains((byte)0x7F) ? [s_violation] : base.Check(type, payload);
    }

    private sealed class MisreadingDigits : Reader
    {
        public override bool TryParse(
            PayloadType type,
            ReadOnlySpan<byte> payload,
            out object? value,
            out OcppViolation violation
        )
        {
            byte[] changed = payload.ToArray();
            int digit = payload.IndexOf(":7"u8) + 1;
            if (digit > 0)
            {
                changed[digit] = (byte)'1';
            }

            return base.TryParse(type, changed, out value, out violation);
        }
    }

    private sealed class WritingOtherEscapes : Reader
    {
        public override byte[] Write(PayloadType type, object value)
        {
            byte[] written = base.Write(type, value);
            int escape = written.AsSpan().IndexOf("\\n"u8);
            if (escape >= 0)
            {
                written[escape + 1] = (byte)'r';
            }

            return written;
        }
    }

    private sealed class ListingTooFew : Reader
    {
        public override IReadOnlyList<OcppViolation> Check(PayloadType type, ReadOnlySpan<byte> payload) =>
            base.Check(type, payload) is { Count: > 1 } all ? [.. all.Skip(1)] : base.Check(type, payload);
    }

    private sealed class ThrowingForDepth : Reader
    {
        public override bool TryParse(
            PayloadType type,
            ReadOnlySpan<byte> payload,
            out object? value,
            out OcppViolation violation
        ) =>
            base.TryParse(type, payload, out value, out violation) || violation.Rule != OcppRule.Depth
                ? value is not null
                : throw new InvalidOperationException("Too deep.");
    }

    private sealed class ReadingPastTheEnd : Reader
    {
        public override bool TryReadFrame(ReadOnlySpan<byte> message, out OcppFrame frame, out OcppFrameError error)
        {
            // Looks for the bracket one byte too far, where it is not the last.
            if (!message.EndsWith("]"u8) && Unsafe.Add(ref MemoryMarshal.GetReference(message), message.Length) == ']')
            {
                Console.WriteLine("There was one.");
            }

            return base.TryReadFrame(message, out frame, out error);
        }
    }
}
