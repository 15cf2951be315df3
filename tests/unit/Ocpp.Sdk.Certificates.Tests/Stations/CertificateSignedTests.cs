using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.06, .07, .16 and .20: what a station answers to CertificateSigned, and what follows.</summary>
public sealed class CertificateSignedTests : StationTest
{
    [Fact]
    public async Task A_chain_in_another_order_with_foreign_certificates_is_accepted_reported_and_kept_without_them()
    {
        using var stranger = TestAuthority.BelowRoot("Stranger");
        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        TestAuthority authority = _station.Authority;
        X509Certificate2 leaf = authority.Issue(TestCsr.Read(request.Csr));

        CertificateSignedResponse response = await _station.DeliverAsync(
            TestChain.Write([authority.Certificate, leaf, stranger.Certificate]),
            StationBench.V2G
        );

        Assert.Equal(CertificateSignedStatusEnumType.Accepted, response.Status);
        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.ChainAccepted);
        Assert.Equal(
            "The certificates of the chain came in another order than each followed by its issuer's. "
                + "Certificates that do not lead to the operator's root were left out: 1.",
            report.Detail
        );
        using StationCertificate? kept = await _station.Certificates.GetCurrentAsync(StationBench.V2G);
        Assert.Equal([authority.Certificate.RawData], kept!.Intermediates.Select(one => one.RawData));
        Assert.DoesNotContain(
            stranger.Certificate.ExportCertificatePem()[40..100],
            File.ReadAllText(_station.StateFile),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "missing intermediate",
        "The chain has no certificate of the issuer, which is not the operator's root."
    )]
    [InlineData("wrong root", "The chain does not lead to the operator's root.")]
    [InlineData("expired", "Certificate 1 of the chain has expired.")]
    [InlineData("not yet valid", "Certificate 1 of the chain is not valid yet.")]
    [InlineData("wrong subject", "The certificate's subject is not the one that the station asked for.")]
    [InlineData("wrong usage", "The certificate does not allow the use that it is for.")]
    public async Task A02_FR_07_A_chain_that_does_not_hold_is_rejected_then_reported_and_its_key_discarded(
        string fault,
        string reason
    )
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();

        CertificateSignedResponse response = await _station.DeliverAsync(Bad(fault, request), StationBench.Station);

        Assert.Equal(
            new CertificateSignedResponse
            {
                Status = CertificateSignedStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType { ReasonCode = "InvalidCertificate", AdditionalInfo = reason },
            },
            response
        );
        SecurityEventNotificationRequest sent = await _station.NextEventAsync();
        Assert.Equal(
            ("InvalidChargingStationCertificate", _station.Clock.GetUtcNow(), reason),
            (sent.Type, sent.Timestamp, sent.TechInfo)
        );
        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.ChainRefused);
        Assert.Equal((StationBench.KeyOf(request), reason), (report.KeyId, report.Detail));
        await _station.AssertKeysAsync();
        string[] frames = [.. _station.Frames];
        int answer = Array.FindIndex(frames, frame => frame.Contains("Rejected", StringComparison.Ordinal));
        Assert.True(
            answer
                < Array.FindIndex(
                    frames,
                    frame => frame.Contains("SecurityEventNotification", StringComparison.Ordinal)
                )
        );

        // A02.FR.20
        await _station.AdvanceAsync(TimeSpan.FromDays(60));
        await _station.AssertNothingSentAsync();
        await _station.TriggerForCsrAsync();
    }

    [Fact]
    public async Task A02_FR_06_A_chain_for_a_key_that_was_never_asked_for_discards_nothing()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        var foreign = new SignCertificateRequest { Csr = TestCsr.Pem() };

        Assert.Equal(
            CertificateSignedStatusEnumType.Rejected,
            (await _station.DeliverAsync(_station.Chain(foreign))).Status
        );

        Assert.Equal("InvalidChargingStationCertificate", (await _station.NextEventAsync()).Type);
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(request, await _station.NextCsrAsync()); // no stop either
        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request))).Status
        );
    }

    [Fact]
    public async Task A_chain_before_any_request_is_rejected()
    {
        CertificateSignedResponse response = await _station.DeliverAsync(
            _station.Chain(new SignCertificateRequest { Csr = TestCsr.Pem() })
        );

        Assert.Equal(
            (CertificateSignedStatusEnumType.Rejected, "InvalidCertificate"),
            (response.Status, response.StatusInfo?.ReasonCode)
        );
        Assert.Equal("InvalidChargingStationCertificate", (await _station.NextEventAsync()).Type);
        Assert.Equal(CertificateSignedStatusEnumType.Rejected, (await _station.DeliverAsync("no chain")).Status);
        Assert.Equal("The chain is not certificates in PEM.", (await _station.NextEventAsync()).TechInfo);
    }

    [Fact]
    public async Task A_certificate_for_a_discarded_key_is_rejected_as_unknown()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        await _station.DeliverAsync(Bad("expired", request));
        await _station.NextEventAsync();

        Assert.Equal(
            "The certificate is for a key that the station did not ask for.",
            (await _station.DeliverAsync(_station.Chain(request))).StatusInfo?.AdditionalInfo
        );
        await _station.NextEventAsync();
    }

    [Fact]
    public async Task A02_FR_16_A_chain_longer_than_MaxCertificateChainSize_is_rejected_and_one_of_that_size_is_not()
    {
        SignCertificateRequest tooLong = await _station.TriggerForCsrAsync();
        string chain = _station.Chain(tooLong);

        // Of two chains, one may be a few characters longer: ECDSA's signatures differ in length.
        int max = chain.Length + 20;
        _station.Configure = options => options with { MaxChainSize = max };
        await _station.RestartAsync();

        StatusInfoType? info = (await _station.DeliverAsync(chain.PadRight(max + 1, '\n'))).StatusInfo;

        Assert.Equal(
            ("TooLargeElement", $"The chain has {max + 1} characters; at most {max} are allowed."),
            (info?.ReasonCode, info?.AdditionalInfo)
        );
        await _station.NextEventAsync();
        await _station.AssertKeysAsync();
        SignCertificateRequest next = await _station.TriggerForCsrAsync();
        string fits = _station.Chain(next).PadRight(max, '\n');
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await _station.DeliverAsync(fits)).Status);
    }

    [Fact]
    public async Task A02_FR_16_A_chain_of_10001_characters_is_no_message_of_OCPP()
    {
        await _station.TriggerForCsrAsync();
        string frame = $"[2,\"1\",\"CertificateSigned\",{{\"certificateChain\":\"{new string('x', 10001)}\"}}]";

        await _station.SendRawAsync(frame);

        await _station.UntilFrameAsync("PropertyConstraintViolation");
        await _station.AssertNothingSentAsync();
    }

    [Theory]
    [InlineData(MessageTriggerEnumType.SignChargingStationCertificate, CertificateUses.Iso15118)]
    [InlineData(MessageTriggerEnumType.SignV2GCertificate, CertificateUses.CsmsConnection)]
    [InlineData(MessageTriggerEnumType.SignCombinedCertificate, CertificateUses.CsmsConnection)]
    public async Task A02_FR_14_A_certificateType_that_is_not_the_requests_is_rejected(
        MessageTriggerEnumType trigger,
        CertificateUses uses
    )
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync(trigger);

        CertificateSignedResponse response = await _station.DeliverAsync(_station.Chain(request), uses);

        Assert.Equal(
            "The certificate is for another use than the one that the station asked for.",
            response.StatusInfo?.AdditionalInfo
        );
        await _station.NextEventAsync();
        await _station.AssertKeysAsync();
    }

    [Theory]
    [InlineData(MessageTriggerEnumType.SignChargingStationCertificate)]
    [InlineData(MessageTriggerEnumType.SignV2GCertificate)]
    public async Task A_certificateType_can_be_absent(MessageTriggerEnumType trigger)
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync(trigger);

        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request))).Status
        );
    }

    [Fact]
    public async Task A_V2G_certificate_is_checked_against_its_own_roots_and_for_a_server()
    {
        using var v2g = TestAuthority.BelowRoot("V2G");
        _station.Configure = options => options with { V2GTrustedRoots = [v2g.Root] };
        await _station.RestartAsync();
        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        Assert.Equal(
            "The chain does not lead to the operator's root.",
            (await _station.DeliverAsync(_station.Chain(request))).StatusInfo?.AdditionalInfo
        );
        await _station.NextEventAsync();

        foreach (
            (string usage, bool isFit) in new[]
            {
                (ExtendedKeyUsageOids.ClientAuthentication, false),
                (ExtendedKeyUsageOids.ServerAuthentication, true),
            }
        )
        {
            request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
            X509Certificate2 certificate = v2g.Issue(TestCsr.Read(request.Csr), extensions: Usage(usage));
            CertificateSignedResponse response = await _station.DeliverAsync(
                TestChain.Write([certificate, v2g.Certificate])
            );
            Assert.Equal(
                isFit ? CertificateSignedStatusEnumType.Accepted : CertificateSignedStatusEnumType.Rejected,
                response.Status
            );
        }
    }

    [Fact]
    public async Task A_combined_certificate_has_to_be_fit_for_both_uses()
    {
        foreach (
            string[] usages in new[]
            {
                [ExtendedKeyUsageOids.ClientAuthentication],
                [ExtendedKeyUsageOids.ServerAuthentication],
                new[] { ExtendedKeyUsageOids.ClientAuthentication, ExtendedKeyUsageOids.ServerAuthentication },
            }
        )
        {
            SignCertificateRequest request = await _station.TriggerForCsrAsync(
                MessageTriggerEnumType.SignCombinedCertificate
            );
            CertificateSignedResponse response = await _station.DeliverAsync(
                _station.Chain(request, null, null, Usage(usages))
            );
            Assert.Equal(
                usages.Length == 2
                    ? CertificateSignedStatusEnumType.Accepted
                    : CertificateSignedStatusEnumType.Rejected,
                response.Status
            );
        }
    }

    [Theory]
    [InlineData(MessageTriggerEnumType.SignChargingStationCertificate)]
    [InlineData(MessageTriggerEnumType.SignV2GCertificate)]
    public async Task The_same_chain_again_is_accepted_again_and_nothing_happens_even_after_a_restart(
        MessageTriggerEnumType trigger
    )
    {
        string chain = await _station.ObtainAsync(trigger);
        PublicKeyId[] keys = [.. await _station.Keys.ListAsync()];
        int tries = _station.Tries.Count;
        int reports = _station.AllReports.Count;

        Assert.Equal(
            new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Accepted },
            await _station.DeliverAsync(chain)
        );
        await _station.AssertNothingSentAsync();
        Assert.Equal((tries, reports), (_station.Tries.Count, _station.AllReports.Count));

        await _station.RestartAsync();
        Assert.Equal(
            new CertificateSignedResponse { Status = CertificateSignedStatusEnumType.Accepted },
            await _station.DeliverAsync(chain)
        );
        await _station.AssertNothingSentAsync();
        await _station.AssertKeysAsync(keys);
    }

    [Fact]
    public async Task A_request_survives_a_restart()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.RestartAsync();

        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request), StationBench.V2G)).Status
        );
    }

    [Fact]
    public async Task A_certificate_that_comes_before_the_answer_to_its_CSR_is_accepted()
    {
        var answer = new TaskCompletionSource<SignCertificateResponse>();
        _station.AnswerToCsr = (_, token) => answer.Task.WaitAsync(token);
        await _station.TriggerAsync(MessageTriggerEnumType.SignV2GCertificate);
        SignCertificateRequest request = await _station.NextCsrAsync();

        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request))).Status
        );

        answer.SetResult(new SignCertificateResponse { Status = GenericStatusEnumType.Rejected });
        await _station.AssertNothingSentAsync();
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
    }

    [Fact]
    public async Task What_can_not_be_saved_is_not_accepted_and_the_next_delivery_succeeds()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        using (await _station.FillDiskAsync())
        {
            CertificateSignedResponse response = await _station.DeliverAsync(_station.Chain(request));
            Assert.Equal(
                new CertificateSignedResponse
                {
                    Status = CertificateSignedStatusEnumType.Rejected,
                    StatusInfo = new StatusInfoType
                    {
                        ReasonCode = "InternalError",
                        AdditionalInfo = "The certificate could not be saved.",
                    },
                },
                response
            );
            await _station.UntilAsync(StationCertificateReportKind.StateNotSaved);
        }

        Assert.Null(await _station.Certificates.GetCurrentAsync(StationBench.V2G));
        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request))).Status
        );
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(StationBench.V2G);
        Assert.Equal(StationBench.KeyOf(request), PublicKeyId.Of(current!.Certificate.PublicKey));
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task When_the_service_is_disposed_nothing_is_accepted()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        await _station.Certificates.DisposeAsync();

        var error = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            _station.Csms.CallAsync(new CertificateSignedRequest { CertificateChain = _station.Chain(request) })
        );
        Assert.Equal(OcppErrorCode.InternalError, error.ErrorCode);
    }

    private static X509EnhancedKeyUsageExtension Usage(params string[] oids)
    {
        var usages = new OidCollection();
        foreach (string oid in oids)
        {
            usages.Add(new Oid(oid));
        }

        return new X509EnhancedKeyUsageExtension(usages, critical: false);
    }

    private string Bad(string fault, SignCertificateRequest request)
    {
        DateTimeOffset now = _station.Clock.GetUtcNow();
        CertificateSigningRequest csr = TestCsr.Read(request.Csr);
        TestAuthority authority = _station.Authority;
        using var other = TestAuthority.BelowRoot("Other");
        return fault switch
        {
            "missing intermediate" => TestChain.Write([authority.Issue(csr)]),
            "wrong root" => TestChain.Write([other.Issue(csr), other.Certificate]),
            "expired" => _station.Chain(request, notAfter: now),
            "not yet valid" => _station.Chain(request, notBefore: now.AddSeconds(1)),
            "wrong subject" => TestChain.Write([
                authority.Issue(csr, subject: TestCsr.Subject("EX-0002")),
                authority.Certificate,
            ]),
            _ => _station.Chain(request, null, null, Usage(ExtendedKeyUsageOids.ServerAuthentication)),
        };
    }
}
