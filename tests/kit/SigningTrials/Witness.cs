using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Stations;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.TestKit;

/// <summary>
/// Writes down what goes over a station's line, whatever its certificate service says, and what that reports beside it.
/// </summary>
/// <param name="station">The identity of the station.</param>
internal sealed class Witness(string station)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeyRecord> _asked = [];
    private readonly Dictionary<string, Delivery> _delivered = [];
    private readonly Dictionary<PublicKeyId, KeyRecord> _keys = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    public string Station { get; } = station;

    /// <summary>Ends when the CSMS has promised the first certificate.</summary>
    public Task Begun => _begun.Task;

    public KeyRecord this[PublicKeyId key]
    {
        get
        {
            lock (_gate)
            {
                return Of(key);
            }
        }
    }

    /// <summary>All keys that went over the line, as they are now.</summary>
    public IReadOnlyDictionary<PublicKeyId, KeyRecord> Keys
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<PublicKeyId, KeyRecord>(_keys);
            }
        }
    }

    /// <summary>The keys whose certificates the CSMS has promised up to now.</summary>
    public IReadOnlyList<PublicKeyId> Promised
    {
        get
        {
            lock (_gate)
            {
                return [.. _keys.Where(one => one.Value.IsPromised).Select(one => one.Key)];
            }
        }
    }

    public void Observe(bool isSent, ReadOnlySpan<byte> bytes)
    {
        if (!OcppFrame.TryRead(bytes, out OcppFrame frame, out _))
        {
            throw new InvalidDataException("A frame can't be read.");
        }

        lock (_gate)
        {
            switch (frame.MessageType, isSent)
            {
                case (OcppMessageType.Call, true) when frame.Action == "SignCertificate":
                    SignCertificateRequest asked = OcppJson.Parse<SignCertificateRequest>(frame.Payload);
                    KeyRecord record = Of(KeyOf(asked));
                    record.CertificateType = asked.CertificateType;
                    _asked[frame.MessageId] = record;
                    break;

                case (OcppMessageType.CallResult, false) when _asked.Remove(frame.MessageId, out KeyRecord? answered):
                    SignCertificateResponse answer = OcppJson.Parse<SignCertificateResponse>(frame.Payload);
                    if (answer.Status == GenericStatusEnumType.Accepted)
                    {
                        answered.IsPromised = true;
                        _begun.TrySetResult();
                    }
                    else
                    {
                        answered.Refusal = answer.StatusInfo?.AdditionalInfo ?? answer.StatusInfo?.ReasonCode ?? "";
                    }

                    break;

                case (OcppMessageType.Call, false) when frame.Action == "CertificateSigned":
                    using (
                        var leaf = X509Certificate2.CreateFromPem(
                            OcppJson.Parse<CertificateSignedRequest>(frame.Payload).CertificateChain
                        )
                    )
                    {
                        var delivery = new Delivery(leaf.SerialNumber);
                        _delivered[frame.MessageId] = delivery;
                        Of(PublicKeyId.Of(leaf.PublicKey)).Deliveries.Add(delivery);
                    }

                    break;

                case (OcppMessageType.CallResult, true) when _delivered.Remove(frame.MessageId, out Delivery? taken):
                    taken.IsAccepted =
                        OcppJson.Parse<CertificateSignedResponse>(frame.Payload).Status
                        == CertificateSignedStatusEnumType.Accepted;
                    break;
            }
        }
    }

    public void Observe(StationCertificateReport report)
    {
        if (report.KeyId is not { } key)
        {
            return;
        }

        lock (_gate)
        {
            KeyRecord record = Of(key);
            switch (report.Kind)
            {
                case StationCertificateReportKind.ChainAccepted:
                    record.TimesTaken++;
                    record.TakenAs = ++_taken;
                    record.Close();
                    break;

                case StationCertificateReportKind.Discarded:
                    record.IsDiscarded = true;
                    record.Close();
                    break;

                case StationCertificateReportKind.RequestRejected
                or StationCertificateReportKind.ChainRefused
                or StationCertificateReportKind.GaveUp:
                    record.Close();
                    break;
            }
        }
    }

    private KeyRecord Of(PublicKeyId key)
    {
        if (!_keys.TryGetValue(key, out KeyRecord? record))
        {
            _keys[key] = record = new KeyRecord();
        }

        return record;
    }

    private static PublicKeyId KeyOf(SignCertificateRequest request) =>
        CertificateSigningRequest.TryRead(request.Csr, out CertificateSigningRequest? csr, out _)
            ? csr.KeyId
            : throw new InvalidDataException("A station's CSR can't be read.");
}
