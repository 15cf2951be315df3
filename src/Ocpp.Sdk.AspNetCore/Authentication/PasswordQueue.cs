using System.Net;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>The passwords from one address that wait, in the order in which they came.</summary>
internal sealed class PasswordQueue(IPAddress address)
{
    public IPAddress Address { get; } = address;

    public List<PasswordCheck> Checks { get; } = [];
}
