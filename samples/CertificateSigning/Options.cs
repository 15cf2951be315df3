using Samples;

namespace CertificateSigning;

/// <summary>The command line.</summary>
/// <param name="CsrFile">A CSR to send in place of a new one.</param>
/// <param name="OutFile">Where to write the issued chain and the root.</param>
internal sealed record Options(string? CsrFile, string? OutFile)
{
    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">An option is unknown, or has no file.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        var options = new Options(CsrFile: null, OutFile: null);
        for (; !args.IsEmpty; args = args[2..])
        {
            options = args switch
            {
                ["--csr", var file, ..] => options with { CsrFile = file },
                ["--out", var file, ..] => options with { OutFile = file },
                ["--csr" or "--out"] => throw new UsageException($"{args[0]} needs a file."),
                _ => throw new UsageException($"Unknown option {args[0]}. There are --csr FILE and --out FILE."),
            };
        }

        return options;
    }
}
