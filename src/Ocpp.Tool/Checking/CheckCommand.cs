using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ocpp.Security;

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
            Description = "Logs, frames or payloads; the standard input when there is none, or for -",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => ["-"],
        };
        files.Validators.Add(RefuseNamesOfNoFile);
        var protocol = new Option<CheckedProtocol>("--protocol")
        {
            Description =
                "The version of OCPP, by the name of its WebSocket subprotocol; where it is not given, a line "
                + "of the log "
                + $"that names it decides, and {CheckedProtocol.All[0].Name} up to there: {ProtocolNames}",
            HelpName = "NAME",
            DefaultValueFactory = _ => CheckedProtocol.All[0],
            CustomParser = ParseProtocol,
        };
        var type = new Option<PayloadType?>("--type")
        {
            Description = "The message that each file is the payload of, such as SignCertificateRequest",
            HelpName = "NAME",
            CustomParser = result => ParsePayloadType(result, protocol),
        };
        var station = new Option<StationPattern?>("--station")
        {
            Description =
                "For a log of several stations: a regular expression whose first group is the station, "
                + "looked for before a frame on its line, and then behind it",
            HelpName = "PATTERN",
            CustomParser = ParseStation,
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
        var json = new Option<bool>("--json") { Description = "Report as JSON Lines" };

        var command = new Command(
            "check",
            "Checks the OCPP messages in logs, frames and payloads against their schemas."
        )
        {
            files,
            type,
            protocol,
            station,
            lenient,
            maxViolations,
            json,
        };
        command.SetAction(
            (result, cancellationToken) =>
            {
                int reported = result.GetValue(maxViolations);
                bool isLenient = result.GetValue(lenient);
                OcppReadOptions strictness = isLenient ? OcppReadOptions.Lenient : OcppReadOptions.Strict;
                var settings = new CheckSettings(
                    result.GetRequiredValue(protocol),
                    // What is accepted counts too, and must not hide what is not: the list is cut when it is reported.
                    strictness with
                    {
                        MaxViolations = Math.Max(reported, strictness.MaxViolations),
                    },
                    reported,
                    result.GetValue(type),
                    result.GetValue(station),
                    isLenient,
                    result.GetValue(json),
                    result.GetResult(protocol) is { Implicit: false }
                );
                TextWriter error = result.InvocationConfiguration.Error;
                bool isTerminal = error == Console.Error && !Console.IsErrorRedirected;
                var progress = new Progress(isTerminal ? error : null, TimeProvider.System);
                return new CheckRun(
                    settings,
                    openStandardInput,
                    result.InvocationConfiguration.Output,
                    error,
                    progress
                ).RunAsync(result.GetRequiredValue(files), cancellationToken);
            }
        );
        return command;
    }

    private static string ProtocolNames => string.Join(", ", CheckedProtocol.All.Select(protocol => protocol.Name));

    private static CheckedProtocol? ParseProtocol(ArgumentResult result)
    {
        var protocol = CheckedProtocol.Find(result.Tokens[0].Value);
        if (protocol is null)
        {
            result.AddError($"--protocol must be one of {ProtocolNames}.");
        }

        return protocol;
    }

    private static StationPattern? ParseStation(ArgumentResult result)
    {
        try
        {
            return new StationPattern(result.Tokens[0].Value);
        }
        catch (ArgumentException e)
        {
            result.AddError(
                PrintableText.Of(
                    $"--station must be a regular expression with a group, without look-around: {e.Message}"
                )
            );
            return null;
        }
    }

    private static PayloadType? ParsePayloadType(ArgumentResult result, Option<CheckedProtocol> option)
    {
        // An unknown protocol has an error of its own.
        string? name = result.GetResult(option)?.Tokens.SingleOrDefault()?.Value;
        CheckedProtocol protocol = (name is null ? null : CheckedProtocol.Find(name)) ?? CheckedProtocol.All[0];
        PayloadType? type = PayloadType.Find(protocol.Protocol, result.Tokens[0].Value);
        if (type is null)
        {
            result.AddError($"--type must be a message of {protocol.Name}, such as SignCertificateRequest.");
        }

        return type;
    }

    private static int ParsePositive(ArgumentResult result)
    {
        if (
            !int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number < 1
        )
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
