using FsCheck;
using FsCheck.Fluent;
using Ocpp.EveryMessage;
using Ocpp.EveryMessage.Schemas;
using Ocpp.EveryMessage.Wire;
using Ocpp.Rpc;

namespace Ocpp.Fuzz.Inputs;

/// <summary>
/// Makes messages from valid ones, of all actions in both directions, by damage to their structure and to their bytes.
/// The seed and the iteration decide what comes out, and nothing else.
/// </summary>
internal sealed class InputSource
{
    private const int RandomPayloads = 8;

    private static readonly string[] s_messageTypes =
    [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "-2",
        "2.0",
        "3.0",
        "20e-1",
        "3E0",
        "2.5",
        "1234567890",
        "\"2\"",
    ];

    private readonly ulong _seed;
    private readonly (string Name, OcppAction Action, bool IsFirst)[] _payloads;

    /// <summary>What a CALLRESULT answers that is made of a SEND.</summary>
    private readonly string _anyAnswered;

    private readonly WireObject[][] _valid;

    public InputSource(ulong seed)
    {
        _seed = seed;
        _payloads =
        [
            .. Protocol
                .Instance.Actions.OrderBy(action => action.Name, StringComparer.Ordinal)
                .SelectMany(action =>
                    PayloadType.PayloadsOf(action).Select((payload, index) => (payload.Name, action, index == 0))
                ),
        ];
        _anyAnswered = _payloads.First(payload => !payload.Action.IsOneWay).Action.Name;
        _valid = Array.ConvertAll(_payloads, payload => ValidPayloads(SchemaFile.Get(payload.Name).Root));
    }

    public Input Make(long iteration)
    {
        Random random = Draw.For(_seed, iteration);
        int drawn = random.Next(_payloads.Length);
        (_, OcppAction action, bool isFirst) = _payloads[drawn];
        WireValue payload = random.From(_valid[drawn]);

        // Damage to the structure, to the bytes, to both; and some messages as they are.
        int kind = random.Next(16);
        for (int count = kind < 11 ? random.Next(1, 4) : 0; count > 0; count--)
        {
            payload =
                random.Next(2) == 0
                    ? payload.MutateStructure(random)
                    : payload.MutateShape(() => random.From(_valid[random.Next(_valid.Length)]), random);
        }

        string id = random.Next(8) == 0 ? new string('i', random.Next(35, 39)) : $"id-{iteration % 1000}";
        WireValue[] elements =
            random.Next(32) == 0
                ?
                [
                    new WireScalar(random.Next(2) == 0 ? "4" : "5"),
                    WireValue.Text(id),
                    WireValue.Text("GenericError"),
                    WireValue.Text(action.Name),
                    payload,
                ]
            : isFirst
                ?
                [
                    new WireScalar(action.IsOneWay ? "6" : "2"),
                    WireValue.Text(id),
                    WireValue.Text(action.Name),
                    payload,
                ]
            : [new WireScalar("3"), WireValue.Text(id), payload];
        if (random.Next(32) == 0)
        {
            elements[0] = new WireScalar(random.From(s_messageTypes));
        }

        WireValue frame = new WireArray(elements);
        if (random.Next(16) == 0)
        {
            frame = frame.MutateStructure(random);
        }

        byte[] bytes = frame.ToUtf8(random.Next(8) == 0 ? " \r\n\t"[..random.Next(1, 5)] : "");
        if (kind is 10 or 11 or 12 or 13 or 14)
        {
            bytes = random.Next(6) == 0 ? bytes[..random.Next(bytes.Length)] : bytes.MutateBytes(random);
        }

        return new Input(bytes, action.IsOneWay ? _anyAnswered : action.Name);
    }

    private WireObject[] ValidPayloads(ObjectNode schema) =>
        [
            Samples.Full(schema),
            Samples.Minimal(schema),
            .. PayloadGenerator.Payload(schema).Sample(RandomPayloads, new Rnd(_seed, _seed | 1), 50),
        ];
}
