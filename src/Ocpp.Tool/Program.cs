using Ocpp.Tool;

return await CommandLine.InvokeAsync(args, Console.OpenStandardInput);
