using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ocpp.Tool.Checking;

/// <summary>The command <c>check</c>.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="openStandardInput">Gives the standard input, when the command line asks for it.</param>
    public static Command Create(Func<Stream> openStandardInput)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Logs with a frame a line, frames or payloads; the standard input when there is none, or for -",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => ["-"],
        };
        files.Validators.Add(RefuseNamesOfNoFile);
        var type = new Option<PayloadType?>("--type")
        {
            Description = "The message that each file is the payload of, such as SignCertificateRequest",
            HelpName = "NAME",
            CustomParser = ParsePayloadType,
        };
        var lenient = new Option<bool>("--lenient")
        {
            Description = "Accept unknown properties, null for an absent property, and values beyond their limits",
        };
        var maxViolations = new Option<int>("--max-violations")
        {
            Description = "How many violations of one message are reported at most",
            HelpName = "N",
            DefaultValueFactory = _ => OcppReadOptions.Strict.MaxViolations,
            CustomParser = ParsePositive,
        };
        var json = new Option<bool>("--json")
        {
            Description = "Report as JSON Lines",
        };

        var command = new Command("check", "Checks the OCPP messages in logs, frames and payloads against their schemas.")
        {
            files, type, lenient, maxViolations, json,
        };
        command.SetAction((result, cancellationToken) =>
        {
            int reported = result.GetValue(maxViolations);
            OcppReadOptions strictness = result.GetValue(lenient) ? OcppReadOptions.Lenient : OcppReadOptions.Strict;
            var settings = new CheckSettings(
                // What is accepted counts too, and must not hide what is not: the list is cut when it is reported.
                strictness with { MaxViolations = Math.Max(reported, strictness.MaxViolations) },
                reported,
                result.GetValue(type),
                result.GetValue(json));
            TextWriter error = result.InvocationConfiguration.Error;
            bool isTerminal = error == Console.Error && !Console.IsErrorRedirected;
            var progress = new Progress(isTerminal ? error : null, TimeProvider.System);
            return new CheckRun(settings, openStandardInput, result.InvocationConfiguration.Output, error, progress)
                .RunAsync(result.GetRequiredValue(files), cancellationToken);
        });
        return command;
    }

    private static PayloadType? ParsePayloadType(ArgumentResult result)
    {
        PayloadType? type = PayloadType.Find(result.Tokens[0].Value);
        if (type is null)
        {
            result.AddError("--type is no message of OCPP 2.0.1; a name ends in Request or Response.");
        }

        return type;
    }

    private static int ParsePositive(ArgumentResult result)
    {
        if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
        {
            result.AddError("--max-violations is a number, at least 1.");
        }

        return number;
    }

    /// <summary>A misspelled option would else be a file that is not there.</summary>
    private static void RefuseNamesOfNoFile(ArgumentResult result)
    {
        foreach (string name in result.Tokens.Select(token => PrintableText.Of(token.Value)))
        {
            if (name.Length == 0)
            {
                result.AddError("The name of a file is empty.");
            }
            else if (name.StartsWith('-') && name != "-")
            {
                result.AddError($"Unknown option {name}; a file of that name is ./{name}.");
            }
        }
    }
}
