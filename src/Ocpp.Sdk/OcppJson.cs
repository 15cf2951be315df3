using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Ocpp.Json;

namespace Ocpp;

/// <summary>
/// Reads and writes payloads in UTF-8: one pass, checked as it goes. The length of a string is counted in Unicode code
/// points. Thread-safe.
/// </summary>
public static class OcppJson
{
    /// <summary>Reads a payload and stops at the first violation that is not accepted.</summary>
    /// <typeparam name="T">The message, or a type that messages hold.</typeparam>
    /// <param name="utf8Json">The payload; white space around it is allowed, a byte order mark is not.</param>
    /// <param name="value">The record, if the result is <see langword="true"/>.</param>
    /// <param name="violation">The first violation, if the result is <see langword="false"/>.</param>
    /// <param name="options">The violations to accept. Defaults to <see cref="OcppReadOptions.Strict"/>.</param>
    public static bool TryParse<T>(
        ReadOnlySpan<byte> utf8Json,
        [NotNullWhen(true)] out T? value,
        out OcppViolation violation,
        OcppReadOptions? options = null
    )
        where T : class, IOcppPayload<T>
    {
        options ??= OcppReadOptions.Strict;
        var reader = new OcppJsonReader(utf8Json, options.ErrorMap, maxUntypedValues: options.MaxUntypedValues);
        value = T.Read(ref reader);
        if (reader.End() && value is not null)
        {
            violation = default;
            return true;
        }

        violation = reader.Log!.First;
        value = null;
        return options.IsRelaxed && TryParseRelaxed(utf8Json, out value, ref violation, options);
    }

    /// <summary>Reads a payload.</summary>
    /// <exception cref="OcppValidationException">
    /// The payload has a violation that is not accepted; the exception holds the first.
    /// </exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null)
        where T : class, IOcppPayload<T> =>
        TryParse(utf8Json, out T? value, out OcppViolation violation, options)
            ? value
            : throw new OcppValidationException([violation]);

    /// <summary>
    /// Returns the violations of a payload, at most <see cref="OcppReadOptions.MaxViolations"/>. A violation that the
    /// options accept is omitted, unless the payload cannot be read because of it. The list ends at malformed JSON.
    /// </summary>
    public static IReadOnlyList<OcppViolation> Check<T>(ReadOnlySpan<byte> utf8Json, OcppReadOptions? options = null)
        where T : class, IOcppPayload<T>
    {
        options ??= OcppReadOptions.Strict;
        return ReadOn<T>(utf8Json, options, listsRefused: true, out _).ToArray();
    }

    /// <summary>Writes a payload.</summary>
    /// <param name="output">The buffer to write to. Nothing is written if an exception is thrown.</param>
    /// <param name="value">The record.</param>
    /// <param name="options">The options. Defaults to <see cref="OcppWriteOptions.Strict"/>.</param>
    /// <exception cref="OcppValidationException">
    /// The record has violations that the options do not accept; the exception holds all of them.
    /// </exception>
    public static void Write<T>(IBufferWriter<byte> output, T value, OcppWriteOptions? options = null)
        where T : class, IOcppPayload<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(value);
        options ??= OcppWriteOptions.Strict;
        var writer = new OcppJsonWriter(output, options.MaxDecimalPlaces);
        T.Write(ref writer, value);
        Complete(ref writer, value, options);
    }

    /// <summary>Writes a payload to a new array.</summary>
    /// <inheritdoc cref="Write"/>
    public static byte[] ToUtf8Bytes<T>(T value, OcppWriteOptions? options = null)
        where T : class, IOcppPayload<T>
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value, options);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Ends a payload or a frame around it.</summary>
    internal static void Complete<T>(ref OcppJsonWriter writer, T value, OcppWriteOptions options)
        where T : class, IOcppPayload<T>
    {
        if (!writer.IsInvalid && (!writer.IsDeviating || options.IgnoreLimits))
        {
            writer.Complete(isRefused: false);
            return;
        }

        CompleteDeviating(ref writer, value.Validate(), typeof(T), options);
    }

    /// <summary>
    /// Ends a payload with violations. A method of its own, so that a valid payload does not pay for its allocations.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompleteDeviating(
        ref OcppJsonWriter writer,
        IReadOnlyList<OcppViolation> violations,
        Type message,
        OcppWriteOptions options
    )
    {
        var refused = new List<OcppViolation>();
        foreach (OcppViolation violation in violations)
        {
            if (!options.Accepts(message, violation))
            {
                refused.Add(violation);
            }
        }

        // A list that is full may lack what is not accepted.
        bool isRefused =
            writer.IsInvalid
            || options.FieldLimits is null
            || refused.Count > 0
            || violations.Count == WrittenViolation.Max;
        writer.Complete(isRefused);
        if (isRefused)
        {
            throw new OcppValidationException(refused.Count > 0 ? refused : violations);
        }
    }

    private static bool TryParseRelaxed<T>(
        ReadOnlySpan<byte> utf8Json,
        [NotNullWhen(true)] out T? value,
        ref OcppViolation violation,
        OcppReadOptions options
    )
        where T : class, IOcppPayload<T>
    {
        ViolationLog log = ReadOn(utf8Json, options, listsRefused: false, out value);
        if (log.FirstRefused is { } refused)
        {
            violation = refused;
            value = null;
        }

        if (value is null)
        {
            return false;
        }

        ReportAccepted(log, options);
        violation = default;
        return true;
    }

    /// <summary>Not generic, so that it is compiled once and not for each type.</summary>
    private static void ReportAccepted(ViolationLog log, OcppReadOptions options)
    {
        if (options.DeviationAccepted is { } accepted)
        {
            Array.ForEach(log.ToArray(), accepted);
        }

        if (log.UnlistedAccepted > 0)
        {
            options.UnlistedDeviationsAccepted?.Invoke(log.UnlistedAccepted);
        }
    }

    /// <summary>Reads a payload without stopping at each violation.</summary>
    private static ViolationLog ReadOn<T>(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions options,
        bool listsRefused,
        out T? value
    )
        where T : class, IOcppPayload<T>
    {
        var log = new ViolationLog(options, typeof(T), listsRefused);
        var reader = new OcppJsonReader(utf8Json, options.ErrorMap, log, maxUntypedValues: options.MaxUntypedValues);
        value = T.Read(ref reader);
        reader.End();
        log.Complete();
        return log;
    }
}
