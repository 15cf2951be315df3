using Ocpp.Rpc;

namespace Ocpp.Testing;

/// <summary>Chooses what becomes of a frame. Called on the sender's thread, before the frame leaves it.</summary>
/// <param name="sender">Who sends it.</param>
/// <param name="frame">The frame in UTF-8; valid only during the call.</param>
public delegate OcppFault OcppFaultChoice(OcppParty sender, ReadOnlySpan<byte> frame);
