namespace Ocpp.Rpc;

/// <summary>Reads the requests of one action for their handler.</summary>
internal abstract class RequestReader
{
    public abstract IncomingRequest? Read(
        ReadOnlySpan<byte> utf8Json, string messageId, OcppReadOptions options, out OcppViolation violation);
}
