using System.ComponentModel;
using System.Diagnostics;

namespace Ocpp.Certificates.Tests;

/// <summary>A test that needs the command <c>openssl</c>; skipped, with the reason, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSslFactAttribute : FactAttribute
{
    private static readonly string? s_whyNone = FindObstacle();

    public OpenSslFactAttribute() => Skip = s_whyNone;

    private static string? FindObstacle()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("openssl", "version") { RedirectStandardOutput = true }
            );
            process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "openssl does not run.";
        }
        catch (Win32Exception)
        {
            return "openssl is not installed.";
        }
    }
}
