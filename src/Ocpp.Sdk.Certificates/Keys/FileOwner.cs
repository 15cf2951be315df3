using System.Runtime.InteropServices;
using System.Text;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// Who owns a file, which .NET does not show: from statx, whose result is laid out the same on every Linux.
/// </summary>
internal static class FileOwner
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint OwnerMask = 0x8; // STATX_UID
    private const int OwnerOffset = 20; // stx_uid
    private const int ResultLength = 256;
    private const uint Root = 0;

    /// <summary>
    /// Whether a file or folder belongs to another user than the one of this process or root. Returns
    /// <see langword="false"/> where that can't be found out: not on Linux, or with a C library without statx.
    /// </summary>
    public static bool IsOther(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        byte[] result = new byte[ResultLength];
        try
        {
            if (Statx(CurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], 0, OwnerMask, result) != 0)
            {
                return false;
            }

            uint owner = MemoryMarshal.Read<uint>(result.AsSpan(OwnerOffset));
            return owner != Root && owner != GetEffectiveUser();
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] result);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUser();
}
