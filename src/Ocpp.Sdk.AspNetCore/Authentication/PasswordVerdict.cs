namespace Ocpp.AspNetCore.Authentication;

/// <summary>What <see cref="PasswordChecks"/> says of a password.</summary>
internal enum PasswordVerdict
{
    /// <summary>It is the one that was hashed.</summary>
    Right,

    /// <summary>It is another one.</summary>
    Wrong,

    /// <summary>It was not looked at: too many others wait.</summary>
    Busy,
}
