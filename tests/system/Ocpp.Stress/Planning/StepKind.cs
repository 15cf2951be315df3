namespace Ocpp.Stress.Planning;

/// <summary>What a lane does next.</summary>
internal enum StepKind
{
    /// <summary>Makes a call, without waiting for its end.</summary>
    Call,

    /// <summary>Cancels a call that was made.</summary>
    Cancel,

    /// <summary>Moves the clock on.</summary>
    Advance,

    /// <summary>Lets others run for a moment.</summary>
    Yield,

    /// <summary>Waits until nothing happens any more without the clock.</summary>
    Settle,

    /// <summary>Closes this lane's session in order, and goes on at once.</summary>
    Close,

    /// <summary>Closes this lane's session without waiting for answers, and goes on at once.</summary>
    CloseWithoutDrain,

    /// <summary>Drops this lane's session.</summary>
    Abort,

    /// <summary>Cuts the line.</summary>
    Cut,
}
