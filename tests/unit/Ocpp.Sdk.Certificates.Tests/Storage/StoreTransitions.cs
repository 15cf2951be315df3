using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>Transitions of a request as the store has it now, for tests in which nobody else works on it.</summary>
internal static class StoreTransitions
{
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
