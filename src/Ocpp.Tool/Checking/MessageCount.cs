namespace Ocpp.Tool.Checking;

/// <summary>How many frames were checked, and how they fared.</summary>
internal sealed class MessageCount
{
    public long Valid { get; private set; }

    public long Invalid { get; private set; }

    public long Frames => Valid + Invalid;

    public static MessageCount Sum(IEnumerable<MessageCount> counts)
    {
        var sum = new MessageCount();
        foreach (MessageCount count in counts)
        {
            sum.Valid += count.Valid;
            sum.Invalid += count.Invalid;
        }

        return sum;
    }

    public void Add(bool isValid)
    {
        if (isValid)
        {
            Valid++;
        }
        else
        {
            Invalid++;
        }
    }
}
