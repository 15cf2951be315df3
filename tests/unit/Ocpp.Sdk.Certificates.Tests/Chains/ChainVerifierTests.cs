using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.06 and .16: what the station checks of a chain.</summary>
public sealed class ChainVerifierTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly OcppTestClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CertificateSigningRequest _csr = TestCsr.New();

    [Fact]
    public void A_proper_chain_is_accepted_for_the_pending_certificate_that_has_its_key()
    {
        CertificateSigningRequest mine = _csr;

        ChainVerification verdict = Verifier()
            .Verify(Chain(_authority.Issue(_csr), _authority.Certificate), [TestCsr.New(), mine, TestCsr.New()]);

        Assert.Equal("Accepted.", verdict.ToString());
        Assert.True(verdict.IsAccepted);
        Assert.Null(verdict.Rejection);
        Assert.Same(mine, verdict.Request);
        Assert.Equal(
            ["CN=EX-0001, O=Example Charging", "CN=Test Issuing CA"],
            verdict.Chain.Certificates.Select(one => one.Subject)
        );
    }

    [Fact]
    public void A_chain_with_the_root_and_with_words_between_is_accepted() =>
        Assert.Equal(
            "Accepted.",
            Verify(
                    "leaf\n"
                        + Chain(_authority.Issue(_csr))
                        + "issuer\n"
                        + Chain(_authority.Certificate, _authority.Root)
                )
                .ToString()
        );

    [Fact]
    public void A_chain_with_a_missing_intermediate_is_refused() =>
        AssertRefused(
            ChainFault.MissingIntermediate,
            "The chain has no certificate of the issuer, which is not the operator's root.",
            Chain(_authority.Issue(_csr))
        );

    [Fact]
    public void A_certificate_for_another_key_is_refused() =>
        AssertRefused(
            ChainFault.UnknownKey,
            "The certificate is for a key that the station did not ask for.",
            Chain(_authority.Issue(TestCsr.New()), _authority.Certificate)
        );

    [Fact]
    public void A_certificate_for_a_key_of_a_foreign_kind_is_refused() =>
        AssertRefused(
            ChainFault.UnknownKey,
            "The certificate is for a key that the station did not ask for.",
            """
            -----BEGIN CERTIFICATE-----
            MIIBbzCCASGgAwIBAgIUNb0ObdR91k55m0G/K+uZdyrdnLUwBQYDK2VwMC0xGTAX
            BgNVBAoMEEV4YW1wbGUgQ2hhcmdpbmcxEDAOBgNVBAMMB0VYLTAwMDEwHhcNMjYx
            MTIzMDYzMDQxWhcNNDYxMTE4MDYzMDQxWjAtMRkwFwYDVQQKDBBFeGFtcGxlIENo
            YXJnaW5nMRAwDgYDVQQDDAdFWC0wMDAxMCowBQYDK2VwAyEA9sZr/rg6DBtc6yx+
            KBqfPvEOdoMDxYU5XQclqoCXAKKjUzBRMB0GA1UdDgQWBBSwULHbYd+PXbkdG2WJ
            0yHuS+tSJDAfBgNVHSMEGDAWgBSwULHbYd+PXbkdG2WJ0yHuS+tSJDAPBgNVHRMB
            Af8EBTADAQH/MAUGAytlcANBAMbyAKvejmWQruHKdXi6m9pSOmQzob1/cCK3eQsb
            lrW7m4A6gg8Hn2X7V3CvDW6OYv9MpbhZERxGkb0wH4XM3Qw=
            -----END CERTIFICATE-----
            """
        ); // Ed25519, of openssl req -x509

    [Fact]
    public void A_certificate_for_another_subject_is_refused() =>
        AssertRefused(
            ChainFault.Subject,
            "The certificate's subject is not the one that the station asked for.",
            Chain(_authority.Issue(_csr, subject: TestCsr.Subject("EX-0002")), _authority.Certificate)
        );

    [Fact]
    public void An_expired_certificate_is_refused()
    {
        AssertRefused(
            ChainFault.Expired,
            "Certificate 1 of the chain has expired.",
            Chain(_authority.Issue(_csr, notAfter: _clock.GetUtcNow()), _authority.Certificate)
        );
        Assert.True(
            Verify(
                Chain(_authority.Issue(_csr, notAfter: _clock.GetUtcNow().AddSeconds(1)), _authority.Certificate)
            ).IsAccepted
        );
    }

    [Fact]
    public void A_certificate_that_is_not_yet_valid_is_refused()
    {
        AssertRefused(
            ChainFault.NotYetValid,
            "Certificate 1 of the chain is not valid yet.",
            Chain(_authority.Issue(_csr, notBefore: _clock.GetUtcNow().AddSeconds(1)), _authority.Certificate)
        );
        Assert.True(
            Verify(Chain(_authority.Issue(_csr, notBefore: _clock.GetUtcNow()), _authority.Certificate)).IsAccepted
        );
    }

    [Fact]
    public void An_expired_intermediate_is_refused()
    {
        string chain = Chain(
            _authority.Issue(_csr, notAfter: _authority.Certificate.NotAfter.AddYears(1)),
            _authority.Certificate
        );
        _clock.Advance(_authority.Certificate.NotAfter.AddSeconds(1) - _clock.GetUtcNow());

        AssertRefused(ChainFault.Expired, "Certificate 2 of the chain has expired.", chain);
    }

    [Fact]
    public void A_chain_to_another_root_is_refused()
    {
        using var other = TestAuthority.BelowRoot("Other");

        AssertRefused(
            ChainFault.WrongRoot,
            "The chain does not lead to the operator's root.",
            Chain(other.Issue(_csr), other.Certificate)
        );
        AssertRefused(
            ChainFault.WrongRoot,
            "The chain does not lead to the operator's root.",
            Chain(other.Issue(_csr), other.Certificate, other.Root)
        );
    }

    [Fact]
    public void A_chain_to_another_root_of_the_same_name_is_refused()
    {
        using var other = TestAuthority.BelowRoot();

        ChainVerification verdict = Verify(Chain(other.Issue(_csr), other.Certificate));

        Assert.False(verdict.IsAccepted);
        Assert.Contains(verdict.Fault.Value, new[] { ChainFault.WrongRoot, ChainFault.Broken });
    }

    [Fact]
    public void A_certificate_whose_signature_does_not_hold_is_refused()
    {
        byte[] der = _authority.Issue(_csr).RawData;
        der[^1] ^= 1;
        string leaf = PemEncoding.WriteString("CERTIFICATE", der) + "\n";

        ChainVerification verdict = Verify(leaf + Chain(_authority.Certificate));

        Assert.False(verdict.IsAccepted);
        Assert.Contains(verdict.Fault.Value, new[] { ChainFault.WrongRoot, ChainFault.Broken });
    }

    [Fact]
    public void A_certificate_with_any_byte_changed_is_refused()
    {
        string issuing = Chain(_authority.Certificate);
        byte[] der = _authority.Issue(_csr, extensions: X509BasicConstraintsExtension.CreateForEndEntity()).RawData;
        Assert.True(Verify(PemEncoding.WriteString("CERTIFICATE", der) + "\n" + issuing).IsAccepted);

        for (int i = 0; i < der.Length; i++)
        {
            byte[] changed = [.. der];
            changed[i] ^= 1;
            Assert.False(Verify(PemEncoding.WriteString("CERTIFICATE", changed) + "\n" + issuing).IsAccepted);
        }
    }

    [Fact]
    public void The_certificate_of_a_CA_is_refused() =>
        AssertRefused(
            ChainFault.Authority,
            "The certificate belongs to a certificate authority.",
            Chain(
                _authority.Issue(_csr, extensions: X509BasicConstraintsExtension.CreateForCertificateAuthority()),
                _authority.Certificate
            )
        );

    [Fact]
    public void A_certificate_for_another_usage_is_refused()
    {
        string chain = Chain(
            _authority.Issue(
                _csr,
                extensions: new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false)
            ),
            _authority.Certificate
        );

        AssertRefused(ChainFault.Usage, "The certificate does not allow the use that it is for.", chain);
        Assert.True(Verify(chain, ServerAuthentication).IsAccepted);
        Assert.True(Verify(chain).IsAccepted);
        Assert.Equal(ChainFault.Usage, Verify(chain, ServerAuthentication, ClientAuthentication).Fault);

        ChainVerification Verify(string text, params string[] usages) =>
            new ChainVerifier([_authority.Root], _clock) { ExtendedKeyUsages = usages }.Verify(text, [_csr]);
    }

    [Fact]
    public void A_certificate_for_all_usages_is_accepted()
    {
        foreach (string[] allowed in new string[][] { [ServerAuthentication, ClientAuthentication], ["2.5.29.37.0"] })
        {
            var usages = new OidCollection();
            foreach (string oid in allowed)
            {
                usages.Add(new Oid(oid));
            }

            string chain = Chain(
                _authority.Issue(_csr, extensions: new X509EnhancedKeyUsageExtension(usages, critical: false)),
                _authority.Certificate
            );
            var verifier = new ChainVerifier([_authority.Root], _clock)
            {
                ExtendedKeyUsages = [ClientAuthentication, ServerAuthentication],
            };

            Assert.Equal("Accepted.", verifier.Verify(chain, [_csr]).ToString());
        }
    }

    [Fact]
    public void A02_FR_16_A_chain_of_10001_characters_is_refused_as_too_large()
    {
        string chain = Chain(_authority.Issue(_csr), _authority.Certificate);
        string longest = chain + new string('\n', 10000 - chain.Length);

        Assert.True(Verify(longest).IsAccepted);
        ChainVerification verdict = Verify(longest + "\n");
        Assert.Equal(ChainFault.TooLong, verdict.Fault);
        Assert.Equal(
            new RejectionReason("TooLargeElement", "The chain has 10001 characters; at most 10000 are allowed."),
            verdict.Rejection
        );
    }

    [Fact]
    public void A02_FR_16_A_chain_longer_than_MaxCertificateChainSize_is_refused()
    {
        string chain = Chain(_authority.Issue(_csr), _authority.Certificate);

        ChainVerification verdict = Verifier(maxChainSize: chain.Length - 1).Verify(chain, [_csr]);

        Assert.Equal(ChainFault.TooLong, verdict.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_not_certificates_is_refused(string chain) =>
        AssertRefused(ChainFault.Unreadable, "The chain is not certificates in PEM.", chain);

    [Fact]
    public void A_chain_that_breaks_off_is_refused() =>
        AssertRefused(
            ChainFault.Unreadable,
            "The chain is not certificates in PEM.",
            Chain(_authority.Issue(_csr), _authority.Certificate)[..^30]
        );

    [Fact]
    public void More_than_ten_certificates_are_refused() =>
        AssertRefused(
            ChainFault.Unreadable,
            "The chain is not certificates in PEM.",
            Chain([.. Enumerable.Repeat(_authority.Certificate, 11)])
        );

    [Fact]
    public void Without_a_root_there_is_no_verifier() =>
        Assert.Throws<ArgumentException>("roots", () => new ChainVerifier([]));

    public void Dispose() => _authority.Dispose();

    private static string Chain(params X509Certificate2[] certificates) => TestChain.Write(certificates);

    private ChainVerifier Verifier(int maxChainSize = CertificateChain.MaxSize) =>
        new([_authority.Root], _clock) { MaxChainSize = maxChainSize };

    private ChainVerification Verify(string chain) => Verifier().Verify(chain, [_csr]);

    private void AssertRefused(ChainFault fault, string reason, string chain)
    {
        ChainVerification verdict = Verify(chain);

        Assert.Equal((fault, reason), (verdict.Fault, verdict.Reason));
        Assert.False(verdict.IsAccepted);
        Assert.Null(verdict.Request);
        Assert.Null(verdict.Chain);
        Assert.Equal(new RejectionReason("InvalidCertificate", reason), verdict.Rejection);
    }
}
