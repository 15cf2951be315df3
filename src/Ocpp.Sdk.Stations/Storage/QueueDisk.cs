using System.Runtime.InteropServices;
using System.Text;

namespace Ocpp.Stations.Storage;

/// <summary>The few things that a queue does with files. Tests replace it by a disk that fails.</summary>
internal class QueueDisk
{
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Whether a file exists.</summary>
    public virtual bool Exists(string path) => File.Exists(path);

    /// <summary>Opens a file for this process alone.</summary>
    /// <exception cref="IOException">The file can't be opened, or another process uses it.</exception>
    public virtual Stream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Waits until the content of a file is on the storage device.</summary>
    public virtual void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <summary>Puts a file in the place of another one: after a power loss there is one of the two.</summary>
    public virtual void Replace(string newFile, string path)
    {
        File.Move(newFile, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes a file, if there is one.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>
    /// Waits until the names in a folder are on the storage device, which .NET has no method for. Without it, a file
    /// system may forget after a power loss that a file was replaced, and with it what was added to the new file.
    /// </summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS writes its journal of names by itself
        }

        int handle = OpenFolder([.. Encoding.UTF8.GetBytes(folder), 0], ReadOnly);
        if (handle >= 0)
        {
            _ = FlushHandle(handle); // some file systems do not support it for folders
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FlushHandle(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
