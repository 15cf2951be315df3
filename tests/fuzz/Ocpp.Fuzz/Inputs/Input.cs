using System.Globalization;
using System.Text;

namespace Ocpp.Fuzz.Inputs;

/// <summary>One message as a peer could send it.</summary>
/// <param name="Frame">Its bytes.</param>
/// <param name="Answered">The action whose request a CALLRESULT answers: the frame does not say.</param>
internal sealed record Input(byte[] Frame, string Answered)
{
    /// <summary>The bytes as text: what is not printable ASCII as %XX.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Frame.Length);
        foreach (byte b in Frame)
        {
            if (b is >= (byte)' ' and < 0x7F and not (byte)'%')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }
}
