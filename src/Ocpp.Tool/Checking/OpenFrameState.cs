namespace Ocpp.Tool.Checking;

/// <summary>What a line is to a frame that is written over several lines.</summary>
internal enum OpenFrameState
{
    /// <summary>It belongs to the frame, which goes on.</summary>
    Open,

    /// <summary>The frame ends on it.</summary>
    Ended,

    /// <summary>The line belongs to the frame, and is cut off within a text.</summary>
    CutOff,

    /// <summary>It does not belong to the frame, which was cut off before.</summary>
    Foreign,
}
