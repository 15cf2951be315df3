namespace Ocpp;

/// <summary>What became of a message of a vendor (DataTransfer; part 2, P01 and P02).</summary>
public enum OcppDataTransferStatus
{
    /// <summary>The message was accepted.</summary>
    Accepted,

    /// <summary>The message is known, and was rejected.</summary>
    Rejected,

    /// <summary>The peer knows the vendor, but not the message.</summary>
    UnknownMessageId,

    /// <summary>The peer does not know the vendor.</summary>
    UnknownVendorId,
}
