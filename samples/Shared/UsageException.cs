namespace Samples;

/// <summary>The command line, or a file that it names, is of no use. The message is one line for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
