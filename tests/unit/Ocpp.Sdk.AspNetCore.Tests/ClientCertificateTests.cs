using System.Formats.Asn1;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Security;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class ClientCertificateTests : IDisposable
{
    private static readonly (string, UniversalTagNumber, byte[]) s_operator = Attribute(
        SubjectAttribute.Organization,
        "Example Charging"
    );

    private readonly TestAuthority _root = new("Operator Root");
    private readonly StationList _stations = new()
    {
        new OcppStationAccount { Identity = "CS-1" },
        new OcppStationAccount { Identity = "CS-2", SerialNumber = "SN 0042" },
    };

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("CS-1", "O=Example Charging, CN=CS-1")]
    [InlineData("CS-2", "CN=SN 0042, OU=Depot, O=Example Charging, C=NL")]
    public async Task A_station_with_its_certificate_is_let_in(string path, string subject)
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await csms.StatusOfAsync(path, With(_root.Issue(subject))));
    }

    [Theory]
    [InlineData("CS-1", "O=Example Charging, CN=SN 0042")]
    [InlineData("CS-2", "O=Example Charging, CN=CS-2")]
    [InlineData("CS-1", "O=Other Charging, CN=CS-1")]
    [InlineData("CS-1", "CN=CS-1")]
    [InlineData("CS-1", "O=Example Charging")]
    [InlineData("CS-1", "O=Example Charging, CN=CS-1, CN=SN 0042")]
    [InlineData("CS-1", "O=Example Charging, O=Other Charging, CN=CS-1")]
    [InlineData("CS-1", "CN=\"CS-1, O=Example Charging\"")]
    public async Task A00_FR_404_A_certificate_of_another_operator_or_station_A00_FR_405_ends_the_connection(
        string path,
        string subject
    )
    {
        await using Csms csms = await StartAsync();

        Assert.True(await csms.CutsAsync(path, With(_root.Issue(subject))));
    }

    [Fact]
    public async Task A00_FR_407_A_certificate_of_another_root_ends_the_connection()
    {
        using var other = new TestAuthority("Operator Root");
        await using Csms csms = await StartAsync();

        Assert.True(await csms.CutsAsync("CS-1", With(other.Issue("O=Example Charging, CN=CS-1"))));
        Assert.Contains(
            csms.Log.Of("Ocpp"),
            line =>
                line.StartsWith(
                    "CS-1: refused: cut, The certificate is expired, not yet valid, or not issued under a root of the "
                        + "operator. From 127.0.0.1:",
                    StringComparison.Ordinal
                )
        );
        Assert.Empty(_stations.Logins);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_ends_the_connection()
    {
        await using Csms csms = await StartAsync();

        Assert.True(await csms.CutsAsync("CS-1", With(_root.Issue("O=Example Charging, CN=CS-1", daysLeft: -1))));
    }

    [Fact]
    public async Task A_certificate_leads_to_the_root_by_an_authority_that_the_operator_names()
    {
        using var intermediate = new TestAuthority("Operator Stations", _root);
        using X509Certificate2 certificate = intermediate.Issue("O=Example Charging, CN=CS-1");
        await using Csms without = await StartAsync();
        await using Csms with = await StartAsync(options =>
            options.Certificates.Intermediates.Add(intermediate.Certificate)
        );

        Assert.True(await without.CutsAsync("CS-1", With(certificate)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await with.StatusOfAsync("CS-1", With(certificate)));
    }

    [Fact]
    public async Task Without_a_certificate_nobody_is_let_in()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-1"));
    }

    [Fact]
    public async Task An_unknown_identity_is_not_found()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(
            HttpStatusCode.NotFound,
            await csms.StatusOfAsync("CS-9", With(_root.Issue("O=Example Charging, CN=CS-9")))
        );
    }

    [Fact]
    public async Task Where_any_station_is_allowed_a_required_certificate_is_checked_all_the_same()
    {
        await using Csms csms = await StartAsync(anyStation: true);

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await csms.StatusOfAsync("CS-9", With(_root.Issue("O=Example Charging, CN=CS-9")))
        );
        Assert.True(await csms.CutsAsync("CS-8", With(_root.Issue("O=Example Charging, CN=CS-9"))));
        Assert.Equal(HttpStatusCode.Forbidden, await csms.StatusOfAsync("CS-9"));
    }

    [Fact]
    public async Task An_authority_is_not_a_station()
    {
        await using Csms csms = await StartAsync();
        X509Extension constraints = TestAuthority.Constraints(isAuthority: true);
        X509Extension signsCertificates = new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign,
            critical: true
        );

        foreach (X509Extension extension in (X509Extension[])[constraints, signsCertificates])
        {
            Assert.True(
                await csms.CutsAsync("CS-1", With(_root.Issue("O=Example Charging, CN=CS-1", extensions: extension)))
            );
        }

        Assert.Equal(
            2,
            csms.Log.Of("Ocpp")
                .Count(line =>
                    line.Contains("cut, The certificate belongs to a certificate authority.", StringComparison.Ordinal)
                )
        );
    }

    [Theory]
    [InlineData(false, TestAuthority.ServerAuthentication)]
    [InlineData(true, TestAuthority.ServerAuthentication, TestAuthority.ClientAuthentication)]
    [InlineData(true, TestAuthority.AnyUsage)]
    [InlineData(true)]
    public async Task A_certificate_has_to_be_for_client_authentication_if_it_says_what_it_is_for(
        bool isTaken,
        params string[] usages
    )
    {
        X509Extension[] extensions = usages.Length == 0 ? [] : [TestAuthority.Usage(usages)];
        using var intermediate = new TestAuthority("Operator Stations", _root, extensions);
        await using Csms csms = await StartAsync(options =>
            options.Certificates.Intermediates.Add(intermediate.Certificate)
        );
        X509Certificate2[] certificates =
        [
            _root.Issue(
                "O=Example Charging, CN=CS-1",
                extensions: [TestAuthority.Constraints(isAuthority: false), .. extensions]
            ),
            intermediate.Issue(
                "O=Example Charging, CN=CS-1",
                extensions: TestAuthority.Usage(TestAuthority.ClientAuthentication)
            ),
        ];

        foreach (X509Certificate2 certificate in certificates)
        {
            Assert.Equal(!isTaken, await csms.CutsAsync("CS-1", With(certificate)));
        }
    }

    // Text in UTF-8 that is none is not among them: OpenSSL does not even load such a certificate.
    [Theory]
    [InlineData(UniversalTagNumber.PrintableString, "DE*EXA*E1", "DE*EXA*E1", true)]
    [InlineData(UniversalTagNumber.TeletexString, "K\u00F6ln", "K\u00F6ln", true)]
    [InlineData(UniversalTagNumber.PrintableString, "CS-1\0", "CS-1", false)]
    public async Task A_subject_outside_its_string_types_alphabet_is_read_and_a_control_character_ends_the_connection(
        UniversalTagNumber type,
        string latin1,
        string identity,
        bool isRead
    )
    {
        _stations.Add(new OcppStationAccount { Identity = identity });
        await using Csms csms = await StartAsync();
        Action<ClientWebSocketOptions> station = With(
            _root.Issue(
                SubjectOf([s_operator], [(SubjectAttribute.CommonName, type, Encoding.Latin1.GetBytes(latin1))])
            )
        );

        Assert.Equal(!isRead, await csms.CutsAsync(Uri.EscapeDataString(identity), station));
    }

    [Fact]
    public async Task A_second_CN_or_O_does_not_hide_in_a_part_with_several_attributes()
    {
        await using Csms csms = await StartAsync();
        (string, UniversalTagNumber, byte[]) own = Attribute(SubjectAttribute.CommonName, "CS-1");
        (string, UniversalTagNumber, byte[]) other = Attribute(SubjectAttribute.CommonName, "SN 0042");
        (string, UniversalTagNumber, byte[]) otherOperator = Attribute(SubjectAttribute.Organization, "Other Charging");

        foreach (
            X500DistinguishedName subject in (X500DistinguishedName[])
                [
                    SubjectOf([s_operator], [own, other]),
                    SubjectOf([s_operator], [other, Attribute(SubjectAttribute.OrganizationalUnit, "Depot")], [own]),
                    SubjectOf([s_operator, otherOperator], [own]),
                    SubjectOf(
                        [s_operator],
                        [otherOperator, Attribute(SubjectAttribute.OrganizationalUnit, "Depot")],
                        [own]
                    ),
                ]
        )
        {
            Assert.True(await csms.CutsAsync("CS-1", With(_root.Issue(subject))));
        }

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await csms.StatusOfAsync("CS-1", With(_root.Issue(SubjectOf([s_operator], [own]))))
        );
    }

    [Fact]
    public async Task The_operators_name_is_compared_as_RFC_5280_says()
    {
        await using Csms csms = await StartAsync();

        Assert.Equal(
            HttpStatusCode.SwitchingProtocols,
            await csms.StatusOfAsync("CS-1", With(_root.Issue("O=example  CHARGING, CN=CS-1")))
        );
    }

    [Fact]
    public async Task Profile_3_without_roots_and_operator_is_an_error_at_the_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Csms.StartAsync(endpoint => endpoint.RequireProfile(OcppSecurityProfile.ClientCertificate))
        );

        Assert.Equal(
            "Client certificates require OcppOptions.Certificates: TrustedRoots and OrganizationName.",
            exception.Message
        );
    }

    private static Action<ClientWebSocketOptions> With(X509Certificate2 certificate) =>
        options =>
        {
            options.AddSubProtocol(Ocpp201Protocol.Instance.Subprotocol);
            options.ClientCertificates.Add(certificate);
        };

    private static (string Oid, UniversalTagNumber Type, byte[] Value) Attribute(string oid, string value) =>
        (oid, UniversalTagNumber.UTF8String, Encoding.UTF8.GetBytes(value));

    /// <summary>A subject of parts, each with one attribute or several, in any bytes.</summary>
    private static X500DistinguishedName SubjectOf(params (string Oid, UniversalTagNumber Type, byte[] Value)[][] parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string, UniversalTagNumber, byte[])[] part in parts)
            {
                using (writer.PushSetOf())
                {
                    foreach ((string oid, UniversalTagNumber type, byte[] value) in part)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(oid);
                            writer.WriteEncodedValue([(byte)type, (byte)value.Length, .. value]);
                        }
                    }
                }
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }

    private Task<Csms> StartAsync(
        Action<OcppOptions>? configure = null,
        OcppSecurityProfile[]? profiles = null,
        bool anyStation = false
    ) =>
        Csms.StartAsync(
            endpoint => endpoint.RequireProfile(profiles ?? [OcppSecurityProfile.ClientCertificate]),
            options =>
            {
                options.Certificates.TrustedRoots.Add(_root.Certificate);
                options.Certificates.OrganizationName = "Example Charging";
                configure?.Invoke(options);
            },
            anyStation ? null : _stations,
            _root.Issue("CN=localhost")
        );
}
