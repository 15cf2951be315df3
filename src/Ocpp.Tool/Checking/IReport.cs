namespace Ocpp.Tool.Checking;

/// <summary>Where a check writes what it found.</summary>
internal interface IReport
{
    /// <summary>Notes what is wrong with a message.</summary>
    void Violation(in CheckedMessage message, in Finding finding);

    /// <summary>
    /// Notes an answer whose CALL is not known. No violation: a log may begin in the middle of a connection.
    /// </summary>
    void Unmatched(in CheckedMessage message);

    /// <summary>Ends the report.</summary>
    void Summary(Summary summary);
}
