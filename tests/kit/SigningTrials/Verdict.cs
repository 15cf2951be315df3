using System.Globalization;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.TestKit;

/// <summary>The rules that must hold in the end, with what breaks them, and the sums.</summary>
internal sealed class Verdict
{
    private const int MaxPrinted = 10;

    private readonly List<(string Rule, IReadOnlyList<string> Broken)> _rules = [];
    private readonly List<(string What, int Count)> _sums = [];

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">What must hold.</param>
    /// <param name="broken">Where it does not.</param>
    public void Demand(string rule, IEnumerable<string> broken) => _rules.Add((rule, [.. broken]));

    /// <summary>Adds a row of the table.</summary>
    public void Sum(string what, int count) => _sums.Add((what, count));

    /// <summary>Compares what the store, the stations and the authority have.</summary>
    public async Task JudgeAsync(ISigningRequestStore store, Authority authority, IEnumerable<Witness> witnesses)
    {
        IReadOnlyList<SigningRequest> requests = await store.ListAsync(
            new SigningRequestFilter { MaxCount = int.MaxValue }
        );
        ILookup<(string, PublicKeyId), SigningRequest> byKey = requests
            .Reverse()
            .ToLookup(one => (one.Station, one.KeyId));
        var stories = new List<KeyStory>();
        foreach (Witness witness in witnesses)
        {
            foreach ((PublicKeyId key, KeyRecord seen) in witness.Keys)
            {
                SigningRequest[] own = [.. byKey[(witness.Station, key)]];
                var history = new List<SigningRequestEvent>();
                foreach (SigningRequest request in own)
                {
                    history.AddRange(await store.GetHistoryAsync(request.Id));
                }

                stories.Add(new KeyStory(witness.Station, key, seen, own, history, authority.RecordOf(key)));
            }
        }

        Judge(requests, stories);
        Sum(requests, stories);
    }

    /// <summary>Prints rules and sums.</summary>
    /// <returns>Whether all rules hold.</returns>
    public bool Print()
    {
        int width = _sums.Max(sum => sum.What.Length);
        Console.WriteLine();
        Console.WriteLine($"| {"in the end".PadRight(width)} | count |");
        Console.WriteLine($"|{new string('-', width + 2)}|-------|");
        foreach ((string what, int count) in _sums)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what.PadRight(width)} | {count, 5} |"));
        }

        Console.WriteLine();
        foreach ((string rule, IReadOnlyList<string> broken) in _rules)
        {
            Console.WriteLine(broken.Count == 0 ? $"ok: {rule}" : $"FAILED, {broken.Count} times: {rule}");
            foreach (string one in broken.Take(MaxPrinted))
            {
                Console.WriteLine($"    {one}");
            }
        }

        return _rules.TrueForAll(rule => rule.Broken.Count == 0);
    }

    private void Judge(IReadOnlyList<SigningRequest> requests, List<KeyStory> stories)
    {
        Demand("certificates were asked for", stories.Count > 0 ? [] : ["none was"]);
        Demand(
            "every request is finished",
            requests
                .Where(one => !one.IsFinished)
                .Select(one =>
                    $"{one.Station}, request {one.Id}: {one.State}, due {one.DueAt:O}, "
                    + $"held by {one.LeaseOwner ?? "nobody"}"
                )
        );
        Demand(
            "a rejected or failed one has its reason",
            requests
                .Where(one =>
                    one.State is SigningRequestState.Rejected or SigningRequestState.Failed && one.Reason.Length == 0
                )
                .Select(one => $"{one.Station}, request {one.Id}: {one.State}")
        );
        Demand(
            "every request in the store is of a station's key",
            requests
                .ExceptBy(stories.Select(story => (story.Station, story.Key)), one => (one.Station, one.KeyId))
                .Select(one => $"{one.Station}, request {one.Id}")
        );
        Demand(
            stories,
            "what a station saw Accepted is in the store",
            story => !story.Seen.IsPromised || story.Requests.Count > 0
        );
        Demand(
            stories,
            "a key has one request; another one only after one that failed",
            story => story.Requests.SkipLast(1).All(one => one.State == SigningRequestState.Failed)
        );
        Demand(
            stories,
            "what the store says is delivered, its station has accepted: this very certificate",
            story =>
                story.Last is not { State: SigningRequestState.Delivered } last
                || story.Accepted.Contains(last.CertificateSerialNumber)
        );
        Demand(
            stories,
            "what the store says is rejected, its station has rejected",
            story =>
                story.Last is not { State: SigningRequestState.Rejected }
                || story.Seen.Deliveries.Any(one => one.IsAccepted == false)
        );
        Demand(
            stories,
            "what a station has accepted, the store says is delivered; or it is superseded",
            story =>
                !story.Accepted.Any()
                || story.Last is { State: SigningRequestState.Delivered }
                || IsSuperseded(story, stories)
        );
        Demand(
            stories,
            "whatever a station got for a key is the one certificate that the store has",
            story => story.Seen.Deliveries.All(one => one.SerialNumber == story.Last?.CertificateSerialNumber)
        );
        Demand(
            stories,
            "a station takes a certificate once, however often it comes",
            story =>
                story.Seen.TimesTaken == (story.Accepted.Any() ? 1 : 0)
                // Its answer was lost, and when it was sent again it was superseded.
                || IsSuperseded(story, stories)
        );
        Demand(
            stories,
            "a certificate that comes again is answered as before; or it is superseded",
            story =>
                story.Seen.Deliveries.Where(one => one.IsAccepted is not null).DistinctBy(one => one.IsAccepted).Count()
                    < 2
                || IsSuperseded(story, stories)
        );
        Demand(
            stories,
            "a certificate came at most as often as the store says it was sent",
            story => story.Seen.Deliveries.Count <= story.Sent
        );
        Demand(
            stories,
            "the authority was asked at most as often as the store says",
            story => story.Authority.Asked <= story.Forwarded
        );
        Demand(
            stories,
            "the store says the authority was asked again only where an answer was lost",
            story => story.Authority.Asked >= story.Forwarded - story.AskedAgain
        );
        Demand(
            stories,
            "a second certificate was issued only where the history says that the first was lost",
            story =>
                story.Authority.Issued.Count >= story.Issued
                && story.Authority.Issued.Count - story.Issued <= story.AskedAgain
        );
        Demand(
            stories,
            "the certificate in the store is one that the authority issued for its key",
            story =>
                story.Requests.All(one =>
                    one.CertificateSerialNumber is null || story.Authority.Issued.Contains(one.CertificateSerialNumber)
                )
        );
        Demand(
            stories,
            "only what the authority refused has failed",
            story => story.Requests.All(one => one.State != SigningRequestState.Failed || story.Authority.IsRefused)
        );
    }

    private void Demand(List<KeyStory> stories, string rule, Func<KeyStory, bool> holds) =>
        Demand(rule, stories.Where(story => !holds(story)).Select(story => story.ToString()));

    /// <summary>
    /// Whether the station had a newer certificate in use already, and this one's key destroyed, when this one came
    /// again: it does not know it any more.
    /// </summary>
    private static bool IsSuperseded(KeyStory story, List<KeyStory> stories) =>
        story.Seen is { TimesTaken: 1, IsDiscarded: true }
        && story.Seen.Deliveries.SkipWhile(one => one.IsAccepted != false).All(one => one.IsAccepted != true)
        && stories.Exists(other => other.Station == story.Station && other.Seen.TakenAs > story.Seen.TakenAs);

    private void Sum(IReadOnlyList<SigningRequest> requests, List<KeyStory> stories)
    {
        _sums.Add(("keys that stations made", stories.Count));
        _sums.Add(
            ("keys whose SignCertificate was answered with Accepted", stories.Count(story => story.Seen.IsPromised))
        );
        foreach (
            IGrouping<string?, KeyStory> refusals in stories
                .Where(story => story.Seen.Refusal is not null)
                .GroupBy(story => story.Seen.Refusal)
        )
        {
            _sums.Add(($"Rejected when asked for again: {refusals.Key}", refusals.Count()));
        }

        _sums.Add(("requests in the store", requests.Count));
        _sums.Add(("delivered", requests.Count(one => one.State == SigningRequestState.Delivered)));
        foreach (
            SigningRequestState state in (SigningRequestState[])
                [SigningRequestState.Rejected, SigningRequestState.Failed]
        )
        {
            foreach (
                IGrouping<string, SigningRequest> reasons in requests
                    .Where(one => one.State == state)
                    .GroupBy(one => one.Reason)
            )
            {
                _sums.Add(($"{state}: {reasons.Key}", reasons.Count()));
            }
        }

        _sums.Add(("certificates sent again, for no answer came", stories.Sum(story => story.SentAgain)));
        _sums.Add(
            (
                "of these, known to the station: accepted again, not taken again",
                stories.Sum(story => Math.Max(story.Accepted.Count() - 1, 0))
            )
        );
        _sums.Add(
            (
                "of these, superseded meanwhile: rejected",
                stories.Count(story => story.Accepted.Any() && story.Last is { State: SigningRequestState.Rejected })
            )
        );
        _sums.Add(("requests to the authority", stories.Sum(story => story.Authority.Asked)));
        _sums.Add(("\"Asked again\" in the store: an answer was lost", stories.Sum(story => story.AskedAgain)));
        _sums.Add(("certificates issued", stories.Sum(story => story.Authority.Issued.Count)));
        _sums.Add(
            (
                "of these, lost with the answer, and issued anew",
                stories.Sum(story => Math.Max(story.Authority.Issued.Count - story.Issued, 0))
            )
        );
    }
}
