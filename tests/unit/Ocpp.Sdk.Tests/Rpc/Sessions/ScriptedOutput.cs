using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Takes frames as a test wants them taken.</summary>
internal sealed class ScriptedOutput : IFrameOutput
{
    /// <summary>What was taken, in order; a close frame as its code and words.</summary>
    public List<string> Taken { get; } = [];

    public bool IsOpen { get; set; } = true;

    /// <summary>How the next frames end that are handed over.</summary>
    public Task Sending { get; set; } = Task.CompletedTask;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        Taken.Add(Encoding.UTF8.GetString(frame.Span));
        return new ValueTask(Sending);
    }

    public Task CloseAsync(WebSocketCloseStatus status, string description)
    {
        Taken.Add($"close {(int)status}: {description}");
        IsOpen = false;
        return Sending;
    }
}
