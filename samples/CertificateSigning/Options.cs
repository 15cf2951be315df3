using Samples;

namespace CertificateSigning;

/// <summary>The command line.</summary>
/// <param name="CsrFile">A CSR to send in place of a new one.</param>
/// <param name="OutFile">Where to write the issued chain.</param>
/// <param name="Authority">Which certificate authority signs.</param>
/// <param name="Url">Where an authority outside of this process is.</param>
/// <param name="RootFile">The certificates of that authority in PEM: its root and the intermediates.</param>
/// <param name="User">The user name for HTTP Basic at that authority.</param>
/// <param name="Password">The password for it.</param>
internal sealed record Options(
    string? CsrFile,
    string? OutFile,
    AuthorityKind Authority,
    Uri? Url,
    string? RootFile,
    string? User,
    string? Password
)
{
    private const string Usage =
        "CertificateSigning [--csr FILE] [--out FILE] [--ca local|cfssl|est --url URL --root FILE"
        + " [--user NAME --password P]]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is not as <see cref="Usage"/> has it.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        var options = new Options(null, null, AuthorityKind.Local, null, null, null, null);
        for (; !args.IsEmpty; args = args[2..])
        {
            options = args switch
            {
                ["--csr", var file, ..] => options with { CsrFile = file },
                ["--out", var file, ..] => options with { OutFile = file },
                ["--ca", "local", ..] => options with { Authority = AuthorityKind.Local },
                ["--ca", "cfssl", ..] => options with { Authority = AuthorityKind.Cfssl },
                ["--ca", "est", ..] => options with { Authority = AuthorityKind.Est },
                ["--url", var url, ..] => options with { Url = ParseUrl(url) },
                ["--root", var file, ..] => options with { RootFile = file },
                ["--user", var user, ..] => options with { User = user },
                ["--password", var password, ..] => options with { Password = password },
                ["--csr" or "--out" or "--ca" or "--url" or "--root" or "--user" or "--password"] =>
                    throw new UsageException($"{args[0]} needs a value."),
                _ => throw new UsageException($"Unknown option {args[0]}. Usage: {Usage}"),
            };
        }

        bool isOutside = options.Authority != AuthorityKind.Local;
        return (options.Url is not null) == isOutside && (options.RootFile is not null) == isOutside
            ? options
            : throw new UsageException("--url and --root go with --ca cfssl and --ca est, and those with them.");
    }

    private static Uri ParseUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https"
            ? parsed
            : throw new UsageException("--url must be an http or https URL such as http://127.0.0.1:8888.");
}
