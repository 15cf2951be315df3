namespace Ocpp.Rpc;

/// <summary>
/// Sees the bytes of each frame, whole, as it was received or just before it is sent: for wire logs.
/// <see cref="OcppWireLog"/> makes a line of it that holds no secrets.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="isSent">Whether this side sends it.</param>
/// <param name="frame">The frame in UTF-8; valid only during the call.</param>
public delegate void OcppFrameTap(OcppSession session, bool isSent, ReadOnlySpan<byte> frame);
