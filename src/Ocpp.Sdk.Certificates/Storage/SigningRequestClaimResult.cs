namespace Ocpp.Certificates.Storage;

/// <summary>What a store handed out.</summary>
/// <param name="Requests">The requests, which the claim's owner holds now.</param>
/// <param name="NextDueAt">
/// When the next request of those that the claim is about is due, or the lease on it ends; in the past if more are due
/// than were handed out, and <see langword="null"/> if there is none.
/// </param>
public sealed record SigningRequestClaimResult(IReadOnlyList<SigningRequest> Requests, DateTimeOffset? NextDueAt);
