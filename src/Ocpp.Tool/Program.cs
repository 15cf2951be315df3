using System.CommandLine;
using Ocpp.Tool;
using Ocpp.Tool.Checking;
using Ocpp.Tool.Reference;
using Ocpp.Tool.Schemas;

var root = new RootCommand("Checks logs of OCPP messages, compares schemas, writes the message reference.")
{
    CheckCommand.Create(),
    SchemasCommand.Create(),
    DocsCommand.Create(),
};

ParseResult command = root.Parse(args);
int exitCode = await command.InvokeAsync();

// The library ends with 1 on arguments that it can't read, but here 1 says that something was found.
return command.Errors.Count > 0 ? ExitCode.Misuse : exitCode;
