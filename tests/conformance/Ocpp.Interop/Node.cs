namespace Ocpp.Interop;

/// <summary>The other implementation: scripts beside this program's source, run by Node.js.</summary>
internal static class Node
{
    public static ChildProcess Start(string script, params IEnumerable<string> args) =>
        new("node", [Path.Combine(AppContext.BaseDirectory, "..", "..", "..", script), .. args]);
}
