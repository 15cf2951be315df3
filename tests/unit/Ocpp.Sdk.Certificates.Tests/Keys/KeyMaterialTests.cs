using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.05: the private key is in its file, and nowhere else.</summary>
[UnsupportedOSPlatform("windows")] // file modes
public sealed class KeyMaterialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task No_file_but_the_key_files_has_key_material_and_they_are_0600()
    {
        List<byte[]> secrets = await RunTheFlowAsync(_folder.Path);

        Assert.Equal(3, secrets.Count); // the station's, the root's, the issuing CA's
        foreach (string file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            if (file.EndsWith(".key.pem", StringComparison.Ordinal))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
            else
            {
                AssertNoSecret(secrets, File.ReadAllBytes(file), file);
            }
        }
    }

    [Fact]
    public async Task No_exception_and_no_text_has_key_material()
    {
        var store = new FileKeyStore(_folder.Path);
        using IStationKey key = await store.CreateAsync(StationKeyAlgorithm.EcP256);
        string file = Assert.Single(Directory.GetFiles(_folder.Path));
        List<byte[]> secrets = [Secret(file)];
        string damaged = File.ReadAllText(file);
        var texts = new List<string> { $"{key} {key.Id} {key.PublicKey} {store}" };

        foreach (
            string content in new[]
            {
                damaged[..^40],
                damaged + damaged,
                damaged.Replace("PRIVATE KEY", "EC PRIVATE KEY", StringComparison.Ordinal),
                damaged.Replace('A', '?'),
            }
        )
        {
            File.WriteAllText(file, content);
            Exception? e = await Record.ExceptionAsync(async () => await store.FindAsync(key.Id));
            texts.Add(e?.ToString() ?? "");
        }

        Assert.Contains(texts, text => text.Contains(nameof(InvalidDataException), StringComparison.Ordinal));
        Assert.All(texts, text => AssertNoSecret(secrets, Encoding.UTF8.GetBytes(text), text));
    }

    [Fact]
    public void The_search_would_find_a_secret()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32);

        Assert.ThrowsAny<Exception>(() => AssertNoSecret([secret], [1, .. secret, 2], ""));
        Assert.ThrowsAny<Exception>(() =>
            AssertNoSecret([secret], Encoding.ASCII.GetBytes(Convert.ToHexString(secret).ToLowerInvariant()), "")
        );
        Assert.ThrowsAny<Exception>(() =>
            AssertNoSecret([secret], Encoding.ASCII.GetBytes(Convert.ToBase64String([9, .. secret])), "")
        );
    }

    public void Dispose() => _folder.Dispose();

    // Everything that writes: a station's key, the CAs' keys, and the store, in which a request goes all its way.
    private static async Task<List<byte[]>> RunTheFlowAsync(string folder)
    {
        using IStationKey key = await new FileKeyStore(Path.Combine(folder, "station")).CreateAsync(
            StationKeyAlgorithm.EcP256
        );
        using var authority = LocalCertificateAuthority.Open(
            Path.Combine(folder, "ca"),
            new() { OrganizationName = TestCsr.OrganizationName }
        );
        CertificateSigningRequest csr = TestCsr.Read(
            CsrBuilder.Build(key, TestCsr.OrganizationName, TestCsr.SerialNumber).ToPem()
        );
        await using (var store = SqliteSigningRequestStore.Open(Path.Combine(folder, "requests.db")))
        {
            SigningRequest request = await store.AddAsync("CS-1", csr, CertificateUses.Combined);
            await store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
            var issued = Assert.IsType<CertificateAuthorityAnswer.Issued>(
                await authority.SignAsync(new SigningOrder(csr, CertificateUses.Combined))
            );
            await store.StepAsync(request.Id, SigningRequestTransition.Issued(issued.Chain));
        }

        return [.. Directory.GetFiles(folder, "*.key.pem", SearchOption.AllDirectories).Select(Secret)];
    }

    // The private number itself, which every form of the key has in it.
    private static byte[] Secret(string keyFile)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyFile));
        return key.ExportParameters(includePrivateParameters: true).D!;
    }

    private static void AssertNoSecret(List<byte[]> secrets, byte[] content, string where)
    {
        string text = Encoding.Latin1.GetString(content).ReplaceLineEndings("");
        Assert.DoesNotContain("PRIVATE KEY-----", text, StringComparison.Ordinal);
        foreach (byte[] secret in secrets)
        {
            Assert.True(content.AsSpan().IndexOf(secret) < 0, where);
            Assert.DoesNotContain(Convert.ToHexString(secret), text, StringComparison.OrdinalIgnoreCase);

            // In base64 it can begin at any of three places of a group of four characters.
            for (int offset = 0; offset < 3; offset++)
            {
                string base64 = Convert.ToBase64String([.. new byte[offset], .. secret]);
                Assert.DoesNotContain(base64[4..^4], text, StringComparison.Ordinal);
            }
        }
    }
}
