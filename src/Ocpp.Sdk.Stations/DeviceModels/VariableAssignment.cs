namespace Ocpp.Stations.DeviceModels;

/// <summary>A value that was taken, or why not.</summary>
/// <param name="Rejection">Why the value was not taken; <see langword="null"/> if it was.</param>
/// <param name="Text">The value that was taken, in the form in which it is saved.</param>
/// <param name="IsChanged">Whether it is another value than before.</param>
/// <param name="IsInUse">Whether it is in use; otherwise it is with the next start.</param>
/// <param name="Undo">Puts the value before it back.</param>
internal readonly record struct VariableAssignment(
    VariableRejection? Rejection,
    string Text,
    bool IsChanged,
    bool IsInUse,
    Action? Undo
);
