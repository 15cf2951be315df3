using System.Globalization;

namespace Ocpp.Rpc;

/// <summary>A file that is appended to, and set aside when it is full. Not thread-safe.</summary>
/// <param name="path">The file.</param>
/// <param name="maxSize">The bytes after which it is full.</param>
/// <param name="maxFullFiles">How many full files are kept.</param>
internal sealed class RolledFile(string path, int maxSize, int maxFullFiles) : IDisposable
{
    private readonly string _folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
    private readonly string _name = System.IO.Path.GetFileNameWithoutExtension(path);
    private readonly string _extension = System.IO.Path.GetExtension(path);

    private FileStream? _file;
    private long _size;

    /// <summary>Opens the file, if it is not open.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public void Open()
    {
        if (_file is not null)
        {
            return;
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0, // a line is written or not, and can be counted
        };
        if (!OperatingSystem.IsWindows())
        {
            // Tokens and certificates are left out, and yet it says who charges where.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        bool isCut = EndsWithinLine();
        _file = new FileStream(path, options);
        _size = _file.Length;
        if (isCut)
        {
            Write("\n"u8);
        }
    }

    /// <summary>Begins a new file if a line does not fit in this one.</summary>
    /// <returns>Whether it did.</returns>
    public bool RollFor(int length)
    {
        Open();
        if (_size == 0 || _size + length <= maxSize)
        {
            return false;
        }

        Close();
        long[] numbers = [.. NumbersOfFullFiles().Order()];
        File.Move(path, PathOf(numbers.LastOrDefault() + 1));
        foreach (long number in numbers.Take(numbers.Length + 1 - maxFullFiles))
        {
            File.Delete(PathOf(number));
        }

        if (maxFullFiles == 0)
        {
            File.Delete(PathOf(numbers.LastOrDefault() + 1));
        }

        Open();
        return true;
    }

    /// <summary>Appends a line.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        Open();
        _file!.Write(line);
        _size += line.Length;
    }

    /// <summary>Closes the file; the next line opens it again.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose() => Close();

    /// <summary>Whether the process that wrote the file before has ended within a line.</summary>
    private bool EndsWithinLine()
    {
        using FileStream? before = File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : null;
        if (before is null || before.Length == 0)
        {
            return false;
        }

        before.Seek(-1, SeekOrigin.End);
        return before.ReadByte() != '\n';
    }

    private string PathOf(long number) =>
        System.IO.Path.Combine(
            _folder,
            string.Create(CultureInfo.InvariantCulture, $"{_name}-{number:00000000}{_extension}")
        );

    private IEnumerable<long> NumbersOfFullFiles()
    {
        foreach (string file in Directory.EnumerateFiles(_folder, $"{_name}-*{_extension}"))
        {
            string number = System.IO.Path.GetFileNameWithoutExtension(file)[(_name.Length + 1)..];
            if (
                number.Length >= 8
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
            )
            {
                yield return parsed;
            }
        }
    }
}
