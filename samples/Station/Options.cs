using Ocpp;
using Samples;

namespace Station;

/// <summary>The command line.</summary>
/// <param name="Url">Where the CSMS takes this station: the last segment is its identity.</param>
/// <param name="RootFile">The operator's root CA in PEM.</param>
/// <param name="Password">The password of HTTP Basic.</param>
/// <param name="AuthorizationKey">The same as a key of 20 bytes, as stations of OCPP 1.6 have it.</param>
/// <param name="DataFolder">Where the station keeps its keys and certificates.</param>
/// <param name="Versions">The versions of OCPP that it offers, in its order of preference.</param>
internal sealed record Options(
    Uri Url,
    string RootFile,
    string? Password,
    byte[]? AuthorizationKey,
    string DataFolder,
    IReadOnlyList<StationVersion> Versions
)
{
    private const string Usage =
        "Station --url ws://HOST:PORT/ocpp/IDENTITY --root FILE [--user NAME (--password P | --key DIGITS)]"
        + " [--ocpp 1.6|2.0.1|2.1] [--data FOLDER]";

    /// <summary>The station's identity.</summary>
    public string Identity => Uri.UnescapeDataString(Url.AbsolutePath[(Url.AbsolutePath.LastIndexOf('/') + 1)..]);

    /// <summary>The URL without the identity, as <see cref="OcppClientOptions.Url"/> wants it.</summary>
    public Uri Endpoint => new(Url, ".");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is not as <see cref="Usage"/> has it.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        string? url = null,
            root = null,
            user = null,
            password = null,
            key = null,
            version = null,
            data = null;
        for (; !args.IsEmpty; args = args[2..])
        {
            switch (args)
            {
                case ["--url", var value, ..]:
                    url = value;
                    break;
                case ["--root", var value, ..]:
                    root = value;
                    break;
                case ["--user", var value, ..]:
                    user = value;
                    break;
                case ["--password", var value, ..]:
                    password = value;
                    break;
                case ["--key", var value, ..]:
                    key = value;
                    break;
                case ["--ocpp", var value, ..]:
                    version = value;
                    break;
                case ["--data", var value, ..]:
                    data = value;
                    break;
                case ["--url" or "--root" or "--user" or "--password" or "--key" or "--ocpp" or "--data"]:
                    throw new UsageException($"{args[0]} needs a value.");
                default:
                    throw new UsageException($"Unknown option {args[0]}. Usage: {Usage}");
            }
        }

        var options = new Options(
            ParseUrl(url),
            root
                ?? throw new UsageException(
                    $"--root is missing: the station has to know whom it trusts. Usage: {Usage}"
                ),
            password,
            key is null ? null : ParseKey(key),
            data ?? Path.Combine(AppContext.BaseDirectory, "data"),
            version is null ? StationVersion.All : [Find(version)]
        );
        Check(options, user);
        return options;
    }

    private static Uri ParseUrl(string? url)
    {
        if (url is null)
        {
            throw new UsageException($"--url is missing. Usage: {Usage}");
        }

        return
            Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed)
            && parsed is { Scheme: "ws" or "wss", UserInfo: "", Query: "", Fragment: "" }
            ? parsed
            : throw new UsageException(
                "--url must be a ws or wss URL such as ws://127.0.0.1:9000/ocpp/CS-1. "
                    + "A name and a password go with --user and --password."
            );
    }

    private static byte[] ParseKey(string digits) =>
        digits.Length == 40 && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw new UsageException("--key has 40 hexadecimal digits: the 20 bytes of an AuthorizationKey.");

    private static StationVersion Find(string name) =>
        StationVersion.All.FirstOrDefault(version => version.Name == name)
        ?? throw new UsageException("--ocpp is 1.6, 2.0.1 or 2.1; without it, the station offers all three.");

    private static void Check(Options options, string? user)
    {
        string identity = options.Identity;
        if (!OcppIdentity.IsValid(identity))
        {
            throw new UsageException(
                $"The last segment of --url has to be the identity: 1 to {OcppIdentity.MaxLength} characters, no colon."
            );
        }

        int passwords = (options.Password is null ? 0 : 1) + (options.AuthorizationKey is null ? 0 : 1);
        if (passwords != (user is null ? 0 : 1))
        {
            throw new UsageException("--user goes with --password or with --key, and either of them with --user.");
        }

        if (user is not null && user != identity)
        {
            throw new UsageException(
                $"--user {user} has to be the identity, the last segment of --url, which is {identity} (A00.FR.204)."
            );
        }

        if (options.Password is { Length: < 16 or > 40 })
        {
            throw new UsageException("--password has 16 to 40 characters (A00.FR.205).");
        }
    }
}
