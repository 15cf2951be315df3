using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocpp.Validation;

namespace Ocpp.Rpc;

/// <summary>Where a wire log is written, and how large it may become.</summary>
public sealed record OcppWireLogFileOptions
{
    /// <summary>
    /// The file, such as <c>/var/log/csms/wire.log</c>. It is appended to; its folder must exist. Full files are next
    /// to it, as <c>wire-00000001.log</c> and so on, so that <c>wire*.log</c> lists all of them in order.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string Path
    {
        get;
        init => field = OptionValue.NotEmpty(value);
    }

    /// <summary>The bytes after which a new file begins. Defaults to 64 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxFileSize
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 64 * 1024 * 1024;

    /// <summary>How many full files are kept; the oldest ones are deleted. Defaults to 15: 1 GiB in all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxFullFiles
    {
        get;
        init => field = OptionValue.NotNegative(value);
    } = 15;

    /// <summary>
    /// The bytes of frames that may wait to be written; further ones are dropped, and counted in the log. Defaults to
    /// 16 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxWaitingBytes
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 16 * 1024 * 1024;

    /// <summary>The clock of the lines.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where it is reported that the file can't be written.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
