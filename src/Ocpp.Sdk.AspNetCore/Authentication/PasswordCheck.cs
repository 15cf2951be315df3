namespace Ocpp.AspNetCore.Authentication;

/// <summary>A password that waits in <see cref="PasswordChecks"/>.</summary>
internal sealed class PasswordCheck(byte[] password, string hash, string identity)
{
    public byte[] Password { get; } = password;

    public string Hash { get; } = hash;

    public string Identity { get; } = identity;

    /// <summary>Continues elsewhere: the threads of the checks are for checks only.</summary>
    public TaskCompletionSource<PasswordVerdict> Verdict { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
