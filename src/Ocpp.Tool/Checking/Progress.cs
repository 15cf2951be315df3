using System.Globalization;
using Ocpp.Security;

namespace Ocpp.Tool.Checking;

/// <summary>One line on a terminal that says how far the check is, written over a few times a second.</summary>
/// <param name="terminal">The terminal, or <see langword="null"/> when there is nobody to see it.</param>
/// <param name="time">The clock.</param>
internal sealed class Progress(TextWriter? terminal, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly long _start = time.GetTimestamp();
    private long _last = time.GetTimestamp();
    private int _shownLength;

    /// <summary>Shows how far the check is, unless it was shown just before.</summary>
    /// <param name="file">The file that is being read.</param>
    /// <param name="bytes">How much of it has been read.</param>
    /// <param name="length">How long it is, where that is known.</param>
    /// <param name="summary">Counts the frames, of all files.</param>
    public void Show(string file, long bytes, long? length, Summary summary)
    {
        if (terminal is null || time.GetElapsedTime(_last) < s_interval)
        {
            return;
        }

        _last = time.GetTimestamp();
        long frames = summary.Frames;
        double perSecond = frames / time.GetElapsedTime(_start).TotalSeconds;
        string share = length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * bytes / length} % of ") : "";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{PrintableText.Of(file, int.MaxValue)}: {share}{(length ?? bytes) / 1e6:0} MB, {frames} frames, "
                + $"{perSecond:0} frames/s"
        );
        terminal.Write($"\r{text.PadRight(_shownLength)}");
        _shownLength = text.Length;
    }

    /// <summary>Clears the line, so that something else can be written there.</summary>
    public void Clear()
    {
        if (_shownLength > 0)
        {
            terminal!.Write($"\r{new string(' ', _shownLength)}\r");
            _shownLength = 0;
        }
    }
}
