using System.Threading.Channels;
using Ocpp.Certificates.Authorities;

namespace Ocpp.Certificates.Tests;

/// <summary>An authority whose answers the test gives, order by order.</summary>
internal sealed class ScriptedAuthority : ICertificateAuthority
{
    private readonly Channel<PutOrder> _orders = Channel.CreateUnbounded<PutOrder>();

    public async Task<CertificateAuthorityAnswer> SignAsync(
        SigningOrder order,
        CancellationToken cancellationToken = default
    )
    {
        var put = new PutOrder(
            order,
            new TaskCompletionSource<CertificateAuthorityAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        _orders.Writer.TryWrite(put);
        return await put.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The next order that is put.</summary>
    public async Task<PutOrder> NextAsync() =>
        await _orders.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public bool HasOrder => _orders.Reader.TryPeek(out _);

    public sealed record PutOrder(SigningOrder Order, TaskCompletionSource<CertificateAuthorityAnswer> Answer);
}
