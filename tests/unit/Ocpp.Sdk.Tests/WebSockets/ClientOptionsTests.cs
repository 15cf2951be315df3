using System.Security.Cryptography.X509Certificates;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

public class ClientOptionsTests
{
    private static readonly OcppClientOptions s_options = new()
    {
        Url = new Uri("wss://csms.example.com/ocpp"),
        Identity = "CS-1",
    };

    [Theory]
    [InlineData("wss://csms.example.com", "CS-1", "wss://csms.example.com/CS-1")]
    [InlineData("wss://csms.example.com:8443/ocpp/", "CS-1", "wss://csms.example.com:8443/ocpp/CS-1")]
    [InlineData("ws://csms.example.com/ocpp", "RDAM 123", "ws://csms.example.com/ocpp/RDAM%20123")]
    [InlineData("ws://csms.example.com/ocpp?tenant=7", "CS-1", "ws://csms.example.com/ocpp/CS-1?tenant=7")]
    [InlineData("ws://csms.example.com/o%20c", "Zoë|é", "ws://csms.example.com/o%20c/Zo%C3%AB%7C%C3%A9")]
    [InlineData("ws://csms.example.com/ocpp", "a..b?c#d\\e", "ws://csms.example.com/ocpp/a..b%3Fc%23d%5Ce")]
    [InlineData("ws://csms.example.com/ocpp", "*-_=+@.😀", "ws://csms.example.com/ocpp/%2A-_%3D%2B%40.%F0%9F%98%80")]
    public void The_connection_url_is_that_of_the_csms_and_the_percent_encoded_identity(
        string url,
        string identity,
        string expected
    ) => Assert.Equal(expected, (s_options with { Url = new Uri(url), Identity = identity }).ConnectionUrl.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("CS:1")]
    [InlineData("CS/1")]
    [InlineData("CS%41")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("CS\n1")]
    [InlineData("CS\u00851")]
    [InlineData("1234567890123456789012345678901234567890123456789")]
    public void An_identity_that_can_not_be_one_is_refused(string identity) =>
        Assert.Throws<ArgumentException>(
            nameof(OcppClientOptions.Identity),
            () => s_options with { Identity = identity }
        );

    [Fact]
    public void An_identity_with_half_a_surrogate_pair_is_refused() =>
        Assert.Throws<ArgumentException>(
            nameof(OcppClientOptions.Identity),
            () => s_options with { Identity = "\ud83d" }
        );

    [Fact]
    public void The_length_of_an_identity_counts_code_points()
    {
        string identity = string.Concat(Enumerable.Repeat("😀", 48));
        Assert.Equal(identity, (s_options with { Identity = identity }).Identity);
        Assert.Throws<ArgumentException>(
            nameof(OcppClientOptions.Identity),
            () => s_options with { Identity = identity + "1" }
        );
    }

    [Theory]
    [InlineData("https://csms.example.com")]
    [InlineData("/ocpp")]
    [InlineData("ws://user:secret@csms.example.com")]
    [InlineData("ws://csms.example.com/#a")]
    public void A_url_that_is_none_of_a_csms_is_refused_and_not_repeated(string url)
    {
        var exception = Assert.Throws<ArgumentException>(
            nameof(OcppClientOptions.Url),
            () => s_options with { Url = new Uri(url, UriKind.RelativeOrAbsolute) }
        );
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void A_password_has_16_to_40_characters(int length, bool isValid)
    {
        OcppClientOptions Make() => s_options with { Password = new string('p', length) };
        if (isValid)
        {
            Assert.Equal(length, Make().Password!.Length);
        }
        else
        {
            Assert.DoesNotContain(
                "ppp",
                Assert.Throws<ArgumentException>(nameof(OcppClientOptions.Password), Make).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(40)]
    public void An_authorization_key_has_20_bytes(int size)
    {
        var exception = Assert.Throws<ArgumentException>(
            nameof(OcppClientOptions.AuthorizationKey),
            () => s_options with { AuthorizationKey = new byte[size] }
        );
        Assert.StartsWith("An authorization key must have 20 bytes.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authorization_key_is_copied_and_none_is_empty()
    {
        byte[] key = new byte[20];
        OcppClientOptions options = s_options with { AuthorizationKey = key };
        key[0] = 1;

        Assert.Equal(new byte[20], options.AuthorizationKey.ToArray());
        Assert.True((options with { AuthorizationKey = default }).AuthorizationKey.IsEmpty);
        Assert.True(s_options.AuthorizationKey.IsEmpty);
    }

    [Fact]
    public void A_password_and_an_authorization_key_exclude_each_other()
    {
        var exception = Assert.Throws<ArgumentException>(
            "options",
            () =>
                new OcppClient(
                    Ocpp201Protocol.Instance,
                    s_options with
                    {
                        Password = "0123456789abcdef",
                        AuthorizationKey = new byte[20],
                    }
                )
        );
        Assert.StartsWith(
            "Password and AuthorizationKey exclude each other.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Options_as_text_hold_no_secret() =>
        Assert.Equal(
            "CS-1 at wss://csms.example.com/ocpp",
            (
                s_options with
                {
                    Url = new Uri("wss://csms.example.com/ocpp?key=secret"),
                    Password = "secret secret secret",
                }
            ).ToString()
        );

    [Fact]
    public void Times_and_counts_out_of_their_range_are_refused()
    {
        TimeSpan negative = TimeSpan.FromTicks(-1);
        TimeSpan tooLong = TimeSpan.FromDays(24) + TimeSpan.FromTicks(1);
        Assert.All<(string Name, Func<OcppClientOptions> Make)>(
            [
                (nameof(OcppClientOptions.KeepAliveInterval), () => s_options with { KeepAliveInterval = negative }),
                (nameof(OcppClientOptions.KeepAliveInterval), () => s_options with { KeepAliveInterval = tooLong }),
                (nameof(OcppClientOptions.KeepAliveTimeout), () => s_options with { KeepAliveTimeout = TimeSpan.Zero }),
                (nameof(OcppClientOptions.KeepAliveTimeout), () => s_options with { KeepAliveTimeout = tooLong }),
                (nameof(OcppClientOptions.ConnectTimeout), () => s_options with { ConnectTimeout = TimeSpan.Zero }),
                (nameof(OcppClientOptions.ConnectTimeout), () => s_options with { ConnectTimeout = negative }),
                (nameof(OcppClientOptions.ConnectTimeout), () => s_options with { ConnectTimeout = tooLong }),
                (
                    nameof(OcppClientOptions.RetryBackOffWaitMinimum),
                    () => s_options with { RetryBackOffWaitMinimum = TimeSpan.Zero }
                ),
                (
                    nameof(OcppClientOptions.RetryBackOffWaitMinimum),
                    () => s_options with { RetryBackOffWaitMinimum = tooLong }
                ),
                (
                    nameof(OcppClientOptions.RetryBackOffResetAfter),
                    () => s_options with { RetryBackOffResetAfter = TimeSpan.FromTicks(-1) }
                ),
                (
                    nameof(OcppClientOptions.RetryBackOffResetAfter),
                    () => s_options with { RetryBackOffResetAfter = tooLong }
                ),
                (
                    nameof(OcppClientOptions.RetryBackOffRandomRange),
                    () => s_options with { RetryBackOffRandomRange = negative }
                ),
                (
                    nameof(OcppClientOptions.RetryBackOffRandomRange),
                    () => s_options with { RetryBackOffRandomRange = tooLong }
                ),
                (
                    nameof(OcppClientOptions.RetryBackOffRepeatTimes),
                    () => s_options with { RetryBackOffRepeatTimes = -1 }
                ),
                (nameof(OcppClientOptions.ConnectionAttempts), () => s_options with { ConnectionAttempts = 0 }),
            ],
            option => Assert.Throws<ArgumentOutOfRangeException>(option.Name, option.Make)
        );
    }

    [Fact]
    public void A_client_certificate_needs_its_private_key()
    {
        using var authority = new TestAuthority("root");
        using X509Certificate2 certificate = authority.Issue("CN=CS-1");
        using var withoutKey = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem());
        Assert.Throws<ArgumentException>(
            nameof(OcppClientOptions.ClientCertificate),
            () => s_options with { ClientCertificate = withoutKey }
        );
    }

    [Fact]
    public void A_client_certificate_needs_tls()
    {
        using var authority = new TestAuthority("root");
        using X509Certificate2 certificate = authority.Issue("CN=CS-1");
        OcppClientOptions options = s_options with
        {
            Url = new Uri("ws://csms.example.com"),
            ClientCertificate = certificate,
        };
        Assert.Throws<ArgumentException>(
            "options",
            () => new OcppClient(new OcppHandlers(Ocpp201Protocol.Instance), options)
        );
    }
}
