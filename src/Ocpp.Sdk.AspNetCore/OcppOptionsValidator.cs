using Microsoft.Extensions.Options;

namespace Ocpp.AspNetCore;

/// <summary>Finds every option that is out of its range, before the application starts.</summary>
internal sealed class OcppOptionsValidator : IValidateOptions<OcppOptions>
{
    /// <summary>The longest time of .NET's timers, in whole days.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(49);

    public ValidateOptionsResult Validate(string? name, OcppOptions options)
    {
        var failures = new List<string>();
        Check(options.Session is not null, nameof(OcppOptions.Session), "a value");
        Check(
            options.KeepAliveInterval >= TimeSpan.Zero && options.KeepAliveInterval <= s_longest,
            nameof(OcppOptions.KeepAliveInterval),
            "zero or a positive time of at most 49 days"
        );
        Check(
            options.KeepAliveTimeout > TimeSpan.Zero && options.KeepAliveTimeout <= s_longest,
            nameof(OcppOptions.KeepAliveTimeout),
            "a positive time of at most 49 days"
        );
        Check(options.MaxConnections >= 1, nameof(OcppOptions.MaxConnections), "at least 1");
        Check(
            options.ShutdownSpread >= TimeSpan.Zero && options.ShutdownSpread <= s_longest,
            nameof(OcppOptions.ShutdownSpread),
            "zero or a positive time of at most 49 days"
        );
        Check(options.MaxPasswordChecks >= 1, nameof(OcppOptions.MaxPasswordChecks), "at least 1");
        Check(options.MaxWaitingPasswordChecks >= 1, nameof(OcppOptions.MaxWaitingPasswordChecks), "at least 1");
        Check(
            Enum.IsDefined(options.Certificates.RevocationMode),
            $"{nameof(OcppOptions.Certificates)}.{nameof(options.Certificates.RevocationMode)}",
            "a defined value"
        );
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool isValid, string option, string expected)
        {
            if (!isValid)
            {
                failures.Add($"{nameof(OcppOptions)}.{option} must be {expected}.");
            }
        }
    }
}
