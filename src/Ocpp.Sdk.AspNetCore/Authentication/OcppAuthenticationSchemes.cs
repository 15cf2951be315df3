namespace Ocpp.AspNetCore.Authentication;

/// <summary>The authentication schemes that <c>AddOcpp</c> adds. Other endpoints may use them as well.</summary>
public static class OcppAuthenticationSchemes
{
    /// <summary>HTTP Basic with the station's identity and password: security profiles 1 and 2.</summary>
    public const string Basic = "OcppBasic";

    /// <summary>The station's client certificate: security profile 3.</summary>
    public const string Certificate = "OcppCertificate";
}
