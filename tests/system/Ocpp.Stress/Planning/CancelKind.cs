namespace Ocpp.Stress.Planning;

/// <summary>When a call is cancelled.</summary>
internal enum CancelKind
{
    Never,

    /// <summary>Before it is made.</summary>
    Before,

    /// <summary>By a step of its lane, whatever has become of it.</summary>
    ByStep,

    /// <summary>On another thread, at the moment in which it is made.</summary>
    AtOnce,

    /// <summary>In the moment in which its CALL goes out.</summary>
    WhileSending,
}
