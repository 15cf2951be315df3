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

return await CommandLine.InvokeAsync(root, args);
