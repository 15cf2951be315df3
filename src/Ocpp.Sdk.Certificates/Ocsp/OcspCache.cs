namespace Ocpp.Certificates.Ocsp;

/// <summary>Statuses until they are no longer current, at most a number of them. Thread-safe.</summary>
internal sealed class OcspCache(int maxCount)
{
    private readonly Dictionary<OcspCertificateId, (OcspResult Result, DateTimeOffset Until)> _results = [];
    private readonly object _gate = new();

    public OcspResult? Find(OcspCertificateId certificate, DateTimeOffset now)
    {
        lock (_gate)
        {
            return
                _results.TryGetValue(certificate, out (OcspResult Result, DateTimeOffset Until) found)
                && now < found.Until
                ? found.Result
                : null;
        }
    }

    public void Add(OcspCertificateId certificate, OcspResult result, DateTimeOffset until, DateTimeOffset now)
    {
        if (maxCount == 0 || until <= now)
        {
            return;
        }

        lock (_gate)
        {
            if (_results.Count >= maxCount && !_results.ContainsKey(certificate))
            {
                MakeRoom(now);
            }

            _results[certificate] = (result, until);
        }
    }

    // Over all of them, because it follows a request over the network, which takes far longer.
    private void MakeRoom(DateTimeOffset now)
    {
        OcspCertificateId? first = null;
        DateTimeOffset firstUntil = DateTimeOffset.MaxValue;
        int count = _results.Count;
        foreach ((OcspCertificateId certificate, (_, DateTimeOffset until)) in _results)
        {
            if (until <= now)
            {
                _results.Remove(certificate); // allowed while a dictionary is enumerated
            }
            else if (until < firstUntil)
            {
                (first, firstUntil) = (certificate, until);
            }
        }

        if (_results.Count == count && first is not null)
        {
            _results.Remove(first);
        }
    }
}
