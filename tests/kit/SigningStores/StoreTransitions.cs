using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// Requests without what OCPP 2.1 adds, and transitions of a request as the store has it now, for tests in which nobody
/// else works on it.
/// </summary>
internal static class StoreTransitions
{
    public static Task<SigningRequest> AddAsync(
        this ISigningRequestStore store,
        string station,
        CertificateSigningRequest csr,
        CertificateUses uses,
        SigningRequestLease? lease = null
    ) => store.AddAsync(new NewSigningRequest(station, csr, uses) { Lease = lease });

    public static async Task<SigningRequest> StepAsync(
        this ISigningRequestStore store,
        long id,
        SigningRequestTransition transition
    )
    {
        SigningTransitionResult result = await store.TransitionAsync(
            id,
            (await store.FindAsync(id))!.Version,
            transition
        );
        Assert.Equal(SigningTransitionOutcome.Applied, result.Outcome);
        return result.Request!;
    }
}
