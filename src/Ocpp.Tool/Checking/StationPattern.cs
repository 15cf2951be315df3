using System.Text;
using System.Text.RegularExpressions;

namespace Ocpp.Tool.Checking;

/// <summary>
/// Finds to which station a frame belongs in a log of several: by a pattern over what is around it on its line.
/// </summary>
internal sealed class StationPattern
{
    /// <summary>How much is looked at before a frame, and behind it, in bytes.</summary>
    private const int MaxLength = 4 * 1024;

    /// <summary>How much of a name counts, in UTF-16 code units; how many names are kept to be used again.</summary>
    private const int MaxNameLength = 255,
        MaxNames = 16_384;

    private readonly Regex _pattern;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _known;

    /// <summary>Prepares the pattern.</summary>
    /// <param name="pattern">
    /// A regular expression of .NET without look-around and back references; its first group is the station.
    /// </param>
    /// <exception cref="ArgumentException">It is invalid, or has no group.</exception>
    public StationPattern(string pattern)
    {
        try
        {
            // Takes linear time whatever the log holds.
            _pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }

        if (_pattern.GetGroupNumbers().Length < 2)
        {
            throw new ArgumentException("The pattern has no group.", nameof(pattern));
        }

        _known = _names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Finds the station.</summary>
    /// <param name="before">What is before the frame on its line; looked at first.</param>
    /// <param name="behind">What is behind it.</param>
    /// <returns><see langword="null"/> if the pattern does not match.</returns>
    public string? Find(ReadOnlySpan<byte> before, ReadOnlySpan<byte> behind) =>
        Find(before[Math.Max(0, before.Length - MaxLength)..]) ?? Find(behind[..Math.Min(behind.Length, MaxLength)]);

    private string? Find(ReadOnlySpan<byte> text)
    {
        Group station = _pattern.Match(Encoding.UTF8.GetString(text)).Groups[1];
        if (!station.Success)
        {
            return null;
        }

        ReadOnlySpan<char> name = station.ValueSpan[..Math.Min(station.Length, MaxNameLength)];
        if (!_known.TryGetValue(name, out string? known))
        {
            if (_names.Count == MaxNames)
            {
                _names.Clear();
            }

            _names.Add(known = name.ToString());
        }

        return known;
    }
}
