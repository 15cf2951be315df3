namespace Ocpp.Schemas.Diagnostics;

/// <summary>A kind of defect: a diagnostic of the compiler, and a line in the output of the tool.</summary>
/// <param name="Id">The id, such as <c>OCPP001</c>.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Message">The format of the message, with placeholders such as <c>{0}</c> for the arguments.</param>
/// <param name="IsError">False for a hint, with which code is generated all the same.</param>
internal sealed record DefectKind(string Id, string Title, string Message, bool IsError = true);
