using System.Text;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// Files that only their owner can read. On Windows they have the access list of their folder instead of a mode.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite; // 0600
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private const UnixFileMode OtherWriters = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Makes a folder with mode 0700, where there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">Others than its owner could put files into the folder.</exception>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path) && FindFolderFault(path) is { } fault)
        {
            throw new UnauthorizedAccessException(fault);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFile | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Checks that others than the owner of a folder can't put other files in the place of those in it.
    /// </summary>
    /// <exception cref="InvalidDataException">Others can, or the folder belongs to another user.</exception>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static void CheckFolder(string path)
    {
        if (FindFolderFault(path) is { } fault)
        {
            throw new InvalidDataException(fault);
        }
    }

    /// <summary>
    /// Gives a file mode 0600, which succeeds for its owner only. For files that something else writes: what is in them
    /// was within the reach of others until now.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether an empty file is made where there is none: it has the mode from the start.</param>
    /// <exception cref="UnauthorizedAccessException">The file is another user's.</exception>
    /// <exception cref="IOException">The file can't be made.</exception>
    public static void Protect(string path, bool create)
    {
        if (create && !File.Exists(path))
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerFile;
            }

            using var file = new FileStream(path, options);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(path, OwnerFile);
        }
    }

    /// <summary>
    /// Writes a file with mode 0600, which it has from its first byte on. A process that is killed meanwhile leaves the
    /// whole file or a <c>.new</c> beside its place, never half a file.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="text">What it is to hold, all of it.</param>
    /// <param name="replace">Whether the file may exist: it is then the old one until it is the whole new one.</param>
    /// <exception cref="IOException">The file exists and is not to be replaced, or could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Files may not be written there.</exception>
    public static void Write(string path, ReadOnlySpan<char> text, bool replace = false)
    {
        string unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        try
        {
            Encoding.UTF8.GetBytes(text, bytes);
            using var file = new FileStream(unfinished, options);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
        finally
        {
            Array.Clear(bytes);
        }

        File.Move(unfinished, path, replace);
    }

    /// <summary>Reads a file, if owner and modes of the file and its folder keep it from others.</summary>
    /// <exception cref="InvalidDataException">Others than its owner could read, change or replace the file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Read(string path)
    {
        if (FindFault(path) is { } fault)
        {
            throw new InvalidDataException(fault);
        }

        return File.ReadAllText(path);
    }

    private static string? FindFault(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if ((File.GetUnixFileMode(path) & Others) != 0)
        {
            return $"{path}: others than its owner can reach this file; its mode must be 0600.";
        }

        return FileOwner.IsOther(path)
            ? $"{path}: this file belongs to another user."
            : FindFolderFault(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // Where others can write, they can put another file in the place of one; but not in a folder with the sticky bit,
    // as /tmp.
    private static string? FindFolderFault(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        UnixFileMode mode = File.GetUnixFileMode(folder);
        if ((mode & OtherWriters) != 0 && (mode & UnixFileMode.StickyBit) == 0)
        {
            return $"{folder}: others than its owner can write to this folder; its mode must be 0755 or less.";
        }

        return FileOwner.IsOther(folder) ? $"{folder}: this folder belongs to another user." : null;
    }
}
