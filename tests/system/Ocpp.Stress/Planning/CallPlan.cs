using Ocpp.Rpc;

namespace Ocpp.Stress.Planning;

/// <summary>A call, and what its handler does.</summary>
/// <param name="Number">What the request carries and the answer repeats.</param>
/// <param name="Caller">Who makes it.</param>
/// <param name="Cancel">When it is cancelled.</param>
/// <param name="Handler">What the handler does.</param>
/// <param name="Milliseconds">How long the handler takes, where it takes time.</param>
/// <param name="CallBack">The number of the call that the handler makes; none is 0.</param>
/// <param name="Padding">How many characters the answer carries beside the number.</param>
internal sealed record CallPlan(
    int Number,
    OcppParty Caller,
    CancelKind Cancel,
    HandlerKind Handler,
    int Milliseconds,
    int CallBack,
    int Padding
);
