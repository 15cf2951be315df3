using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.TestKit;

/// <summary>All that three sides know of a key: its station, the CSMS's store, the authority.</summary>
/// <param name="Station">The station's identity.</param>
/// <param name="Key">The key.</param>
/// <param name="Seen">What the station saw.</param>
/// <param name="Requests">What the store has, the oldest first.</param>
/// <param name="History">The history of all these requests.</param>
/// <param name="Authority">What the authority did.</param>
internal sealed record KeyStory(
    string Station,
    PublicKeyId Key,
    KeyRecord Seen,
    IReadOnlyList<SigningRequest> Requests,
    IReadOnlyList<SigningRequestEvent> History,
    AuthorityRecord Authority
)
{
    /// <summary>How often the authority was about to be asked.</summary>
    public int Forwarded => Count(one => one.State == SigningRequestState.Forwarded && !IsNote(one));

    /// <summary>How often of these because an answer was lost with the process that waited for it.</summary>
    public int AskedAgain => Count(one => one.Reason.StartsWith("Asked again:", StringComparison.Ordinal));

    public int Issued => Count(one => one.State == SigningRequestState.Issued && !IsNote(one));

    public int Sent => Count(one => one.State == SigningRequestState.Sent && !IsNote(one));

    public int SentAgain => Count(one => one.Reason.StartsWith("Sent again:", StringComparison.Ordinal));

    public SigningRequest? Last => Requests.Count > 0 ? Requests[^1] : null;

    /// <summary>The certificates that the station answered with Accepted, each time it did.</summary>
    public IEnumerable<string> Accepted =>
        Seen.Deliveries.Where(one => one.IsAccepted == true).Select(one => one.SerialNumber);

    public override string ToString()
    {
        IEnumerable<string> deliveries = Seen.Deliveries.Select(one =>
            $"{one.SerialNumber[..6]} {one.IsAccepted?.ToString() ?? "unanswered"}"
        );
        return $"{Station}, key {Key.Value[..8]}: store {string.Join(", ", Requests.Select(one => one.State))}; "
            + $"station promised {Seen.IsPromised}, taken {Seen.TimesTaken}, "
            + $"deliveries [{string.Join(", ", deliveries)}]; "
            + $"authority asked {Authority.Asked}, issued {Authority.Issued.Count}; "
            + $"forwarded {Forwarded}, asked again {AskedAgain}, sent {Sent}";
    }

    private int Count(Func<SigningRequestEvent, bool> condition) => History.Where(condition).Sum(one => one.Count);

    // A repeated SignCertificate leaves its note with the state that the request is in: no step.
    private static bool IsNote(SigningRequestEvent one) => one.Reason == "The station asked again.";
}
