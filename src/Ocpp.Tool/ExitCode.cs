namespace Ocpp.Tool;

/// <summary>What the commands end with: as <c>diff</c> does, so that a script can tell a finding from a failure.</summary>
internal static class ExitCode
{
    public const int Nothing = 0;
    public const int Found = 1;
    public const int Misuse = 2;
}
