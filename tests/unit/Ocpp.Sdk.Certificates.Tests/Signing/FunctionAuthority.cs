using Ocpp.Certificates.Authorities;

namespace Ocpp.Certificates.Tests;

/// <summary>An authority that does what the test says, and looks at no cancellation.</summary>
internal sealed class FunctionAuthority(Func<SigningOrder, Task<CertificateAuthorityAnswer>> sign)
    : ICertificateAuthority
{
    public Task<CertificateAuthorityAnswer> SignAsync(
        SigningOrder order,
        CancellationToken cancellationToken = default
    ) => sign(order);
}
