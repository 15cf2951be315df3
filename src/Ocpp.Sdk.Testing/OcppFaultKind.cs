namespace Ocpp.Testing;

/// <summary>The kinds of faults.</summary>
internal enum OcppFaultKind
{
    None,
    Drop,
    Delay,
    Replace,
    Cut,
}
