namespace Ocpp.Stations;

/// <summary>
/// A value that the CSMS chooses when it responds to one message, and that later messages of the queue have: the id of
/// a transaction of OCPP 1.6. The messages can be added before it is known. It is saved in the same record that removes
/// the message whose response had it, and put into the others when they are sent.
/// </summary>
/// <param name="Key">
/// Identifies the value in the queue. Once it is known, <see cref="MessageQueue.FindState"/> returns it under this key,
/// in JSON.
/// </param>
/// <param name="Property">
/// The name, on the wire, of the property of the response or the request that has the value. What the request has there
/// is sent if the value never becomes known, because the message for it was given up: once if the message may be
/// dropped (<see cref="MessageRetention.Intermediate"/>), and as often as others if not, but a call without a response
/// counts.
/// </param>
/// <param name="Role">What the message has to do with the value.</param>
public sealed record ResponseValue(string Key, string Property, ResponseValueRole Role);
