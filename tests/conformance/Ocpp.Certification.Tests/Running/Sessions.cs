using System.Threading.Channels;
using Ocpp.AspNetCore;

namespace Ocpp.Certification.Tests;

/// <summary>The connections of the one station, as they begin and end.</summary>
internal sealed class Sessions
{
    private readonly Channel<OcppSession> _connected = Channel.CreateUnbounded<OcppSession>();

    public Sessions(OcppOptions options)
    {
        options.Connected += session =>
        {
            Connected?.Invoke(session);
            _connected.Writer.TryWrite(session);
        };
    }

    /// <summary>A connection has begun.</summary>
    public event Action<OcppSession>? Connected;

    /// <summary>Waits for the next connection.</summary>
    public Task<OcppSession> NextAsync() => _connected.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);
}
