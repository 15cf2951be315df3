using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.05: the private key never leaves its file.</summary>
[UnsupportedOSPlatform("windows")] // file modes
public sealed class StationKeyMaterialTests : StationTest
{
    [Fact]
    public async Task A02_FR_05_No_log_line_report_state_file_or_frame_has_key_material()
    {
        var secrets = new List<byte[]>();
        var states = new List<string>();
        _station.Reported = _ => Collect();

        // Every way a flow can go: used, refused, fallen back, rejected, given up, not saved, restarted.
        await _station.ObtainAsync();
        await _station.ObtainAsync(MessageTriggerEnumType.SignCombinedCertificate);
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        await _station.DeliverAsync(_station.Chain(request, notAfter: _station.Clock.GetUtcNow()));
        request = await _station.TriggerForCsrAsync();
        _station.Accepts = options =>
            PublicKeyId.Of(options.ClientCertificate!.PublicKey) != StationBench.KeyOf(request);
        await _station.DeliverAsync(_station.Chain(request));
        await _station.UntilAsync(StationCertificateReportKind.FellBack);
        await _station.WhenConnectedAsync();
        using (await _station.FillDiskAsync())
        {
            await _station.TriggerAsync();
            await _station.UntilAsync(StationCertificateReportKind.RequestFailed);
        }

        await _station.ObtainAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.RestartAsync();
        Collect();

        Assert.True(secrets.Count >= 5, $"{secrets.Count} keys");
        Assert.NotEmpty(states);
        IEnumerable<string> texts = states
            .Concat(_station.Log.Of(""))
            .Concat(_station.Frames)
            .Concat(_station.AllReports.Select(report => $"{report} {report.Detail} {report.Exception}"));
        foreach (string text in texts)
        {
            string joined = text.Replace("\\n", "", StringComparison.Ordinal).ReplaceLineEndings("");
            Assert.DoesNotContain("PRIVATE KEY", joined, StringComparison.Ordinal);
            Assert.All(secrets, secret => AssertNoSecret(secret, joined));
        }

        foreach (string text in _station.Log.Of("").Concat(_station.AllReports.Select(report => report.ToString())))
        {
            Assert.DoesNotContain("-----BEGIN", text, StringComparison.Ordinal);
        }

        foreach (string file in KeyFiles().Append(_station.StateFile))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        // On the loop's own thread, so that no key comes or goes meanwhile.
        void Collect()
        {
            if (File.Exists(_station.StateFile))
            {
                states.Add(File.ReadAllText(_station.StateFile));
            }

            foreach (string file in KeyFiles())
            {
                using var key = ECDsa.Create();
                key.ImportFromPem(File.ReadAllText(file));
                byte[] secret = key.ExportParameters(includePrivateParameters: true).D!;
                if (!secrets.Any(other => other.AsSpan().SequenceEqual(secret)))
                {
                    secrets.Add(secret);
                }
            }
        }
    }

    private string[] KeyFiles() =>
        Directory.GetFiles(Path.Combine(Path.GetDirectoryName(_station.StateFile)!, "../keys"), "*.key.pem");

    // The private number, which every form of the key has in it; in base64 it can begin at any of three places of four
    // characters.
    private static void AssertNoSecret(byte[] secret, string text)
    {
        Assert.DoesNotContain(Convert.ToHexString(secret), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Encoding.Latin1.GetString(secret), text, StringComparison.Ordinal);
        for (int offset = 0; offset < 3; offset++)
        {
            string base64 = Convert.ToBase64String([.. new byte[offset], .. secret]);
            Assert.DoesNotContain(base64[4..^4], text, StringComparison.Ordinal);
        }
    }
}
