namespace Ocpp.Rpc;

/// <summary>What becomes of a request that has come.</summary>
internal enum RequestAdmission
{
    /// <summary>It runs: its handler is to be called.</summary>
    Runs,

    /// <summary>It waits for one that runs.</summary>
    Waits,

    /// <summary>It has the id of one that runs or waits, and is dropped.</summary>
    Repeated,
}
