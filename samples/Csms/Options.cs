using Microsoft.AspNetCore.Http;
using Samples;

namespace Csms;

/// <summary>The command line.</summary>
/// <param name="Urls">
/// Where to listen, as ASP.NET Core has it: one URL, or several with semicolons between them.
/// </param>
/// <param name="IsOpen">Whether any station is let in, without credentials.</param>
/// <param name="RootFile">Where to write the root of the operator's CA.</param>
/// <param name="DataFolder">Where the CA and the requests of the stations are kept.</param>
internal sealed record Options(string Urls, bool IsOpen, string? RootFile, string DataFolder)
{
    private const string Usage =
        "Csms [--urls http://HOST:PORT] [--open] [--root FILE] [--data FOLDER], Csms --hash PASSWORD, or Csms "
        + "--hash-key DIGITS";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is not as <see cref="Usage"/> has it.</exception>
    public static Options Parse(ReadOnlySpan<string> args)
    {
        var options = new Options(
            "http://127.0.0.1:9000",
            IsOpen: false,
            RootFile: null,
            DataFolder: Path.Combine(AppContext.BaseDirectory, "data")
        );
        while (!args.IsEmpty)
        {
            switch (args)
            {
                case ["--open", ..]:
                    options = options with { IsOpen = true };
                    args = args[1..];
                    break;
                case ["--urls", var urls, ..]:
                    options = options with { Urls = Check(urls) };
                    args = args[2..];
                    break;
                case ["--root", var file, ..]:
                    options = options with { RootFile = file };
                    args = args[2..];
                    break;
                case ["--data", var folder, ..]:
                    options = options with { DataFolder = folder };
                    args = args[2..];
                    break;
                case ["--urls" or "--root" or "--data" or "--hash" or "--hash-key"]:
                    throw new UsageException($"{args[0]} needs a value.");
                default:
                    throw new UsageException($"Unknown option {args[0]}. Usage: {Usage}");
            }
        }

        return options;
    }

    private static string Check(string urls)
    {
        try
        {
            foreach (string url in urls.Split(';'))
            {
                _ = BindingAddress.Parse(url);
            }

            return urls;
        }
        catch (FormatException)
        {
            throw new UsageException($"--urls {urls}: not a URL such as http://127.0.0.1:9000.");
        }
    }
}
