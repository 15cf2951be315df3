using System.Numerics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Tests;

/// <summary>The station's default key store.</summary>
[UnsupportedOSPlatform("windows")] // file modes
public sealed class FileKeyStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileKeyStore _store;

    public FileKeyStoreTests() => _store = new FileKeyStore(_folder.Locate("keys"));

    [Fact]
    public async Task A_key_is_found_again_after_a_restart()
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);

        using IStationKey? found = await new FileKeyStore(_folder.Locate("keys")).FindAsync(key.Id);

        Assert.Equal(key.Id, found?.Id);
        byte[] signature = found!.SignatureGenerator.SignData("\x1\x2\x3"u8.ToArray(), HashAlgorithmName.SHA256);
        using ECDsa publicKey = key.PublicKey.GetECDsaPublicKey()!;
        Assert.True(
            publicKey.VerifyData(
                "\x1\x2\x3"u8,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            )
        );
    }

    [Fact]
    public async Task Keys_are_of_the_algorithm_that_was_asked_for()
    {
        using IStationKey ec = await _store.CreateAsync(StationKeyAlgorithm.EcP384);
        using IStationKey rsa = await _store.CreateAsync(StationKeyAlgorithm.Rsa(2048));
        using IStationKey? foundRsa = await _store.FindAsync(rsa.Id);

        Assert.Equal((KeyKind.Ec, 384), KeyStrength.Measure(ec.PublicKey));
        Assert.Equal((KeyKind.Rsa, 2048), KeyStrength.Measure(foundRsa!.PublicKey));
    }

    [Fact]
    public void A00_FR_502_Smaller_RSA_keys_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("keySize", () => StationKeyAlgorithm.Rsa(2047));

    [Fact]
    public async Task Key_files_are_0600_and_their_folder_0700()
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);

        string file = Assert.Single(Directory.GetFiles(_folder.Locate("keys")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder.Locate("keys"))
        );
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", File.ReadAllText(file), StringComparison.Ordinal); // PKCS#8
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_refused()
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        string file = _folder.Locate($"keys/{key.Id}.key.pem");
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);

        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(key.Id));

        Assert.Equal($"{file}: others than its owner can reach this file; its mode must be 0600.", e.Message);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_folder_that_others_can_write_into_is_refused(UnixFileMode others)
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        string folder = _folder.Locate("keys");
        string reason = $"{folder}: others than its owner can write to this folder; its mode must be 0755 or less.";
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | others);

        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(key.Id));
        var create = await Assert.ThrowsAsync<UnauthorizedAccessException>(async () =>
            await _store.CreateAsync(StationKeyAlgorithm.EcP256)
        );

        Assert.Equal((reason, reason), (e.Message, create.Message));
        Assert.Equal([key.Id], await _store.ListAsync());
    }

    [Fact]
    public async Task A_file_or_folder_of_another_user_is_refused()
    {
        // Only root can give a file away.
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        string file = _folder.Locate($"keys/{key.Id}.key.pem");
        await GiveAwayAsync("65534", file);
        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(key.Id));
        Assert.Equal($"{file}: this file belongs to another user.", e.Message);

        await GiveAwayAsync("0", file);
        await GiveAwayAsync("65534", _folder.Locate("keys"));
        e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(key.Id));
        Assert.Equal($"{_folder.Locate("keys")}: this folder belongs to another user.", e.Message);

        await GiveAwayAsync("0", _folder.Locate("keys"));
        using IStationKey? found = await _store.FindAsync(key.Id);
        Assert.Equal(key.Id, found?.Id);
    }

    [Theory]
    [InlineData("no key", "not a private key of a kind that OCPP allows, in PKCS#8 and PEM.")]
    [InlineData(
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "not a private key of a kind that OCPP allows, in PKCS#8 and PEM."
    )]
    public async Task A_damaged_key_file_is_refused(string content, string reason)
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        string file = _folder.Locate($"keys/{key.Id}.key.pem");
        File.WriteAllText(file, content);

        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(key.Id));

        Assert.Equal($"{file}: {reason}", e.Message);
    }

    [Fact]
    public async Task A_key_file_with_another_key_is_refused()
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        using IStationKey other = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        string file = _folder.Locate($"keys/{key.Id}.key.pem");
        File.Copy(_folder.Locate($"keys/{other.Id}.key.pem"), file, overwrite: true);

        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(key.Id));

        Assert.Equal($"{file}: not the key that the file is named after.", e.Message);
    }

    [Fact]
    public async Task A_key_file_with_a_weak_key_is_refused()
    {
        using var weak = RSA.Create(1024);
        PublicKeyId id = PublicKeyId.Of(new PublicKey(weak));
        PrivateFiles.CreateFolder(_folder.Locate("keys"));
        PrivateFiles.Write(_folder.Locate($"keys/{id}.key.pem"), weak.ExportPkcs8PrivateKeyPem());

        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(id));

        Assert.Equal($"{_folder.Locate($"keys/{id}.key.pem")}: a key of 1024 bits, which is too small.", e.Message);
    }

    [Fact]
    public async Task A_key_file_with_a_poor_exponent_is_refused()
    {
        using RSA weak = WeakRsa();
        PublicKeyId id = PublicKeyId.Of(new PublicKey(weak));
        PrivateFiles.CreateFolder(_folder.Locate("keys"));
        PrivateFiles.Write(_folder.Locate($"keys/{id}.key.pem"), weak.ExportPkcs8PrivateKeyPem());

        var e = await Assert.ThrowsAsync<InvalidDataException>(async () => await _store.FindAsync(id));

        Assert.Equal($"{_folder.Locate($"keys/{id}.key.pem")}: a weak key.", e.Message);
    }

    [Fact]
    public async Task A_discarded_key_is_gone()
    {
        using IStationKey kept = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        using IStationKey discarded = await _store.CreateAsync(StationKeyAlgorithm.EcP256);

        await _store.DiscardAsync(discarded.Id);
        await _store.DiscardAsync(discarded.Id);

        Assert.Equal([kept.Id], await _store.ListAsync());
        Assert.Null(await _store.FindAsync(discarded.Id));
    }

    [Fact]
    public async Task A_store_without_a_folder_has_no_keys()
    {
        Assert.Empty(await _store.ListAsync());
        await _store.DiscardAsync(default);
    }

    [Fact]
    public async Task What_a_kill_left_behind_is_no_key()
    {
        using IStationKey key = await _store.CreateAsync(StationKeyAlgorithm.EcP256);
        File.WriteAllText(_folder.Locate($"keys/{key.Id}.key.pem.new"), "half a k");
        File.WriteAllText(_folder.Locate("keys/other.key.pem"), "a file of somebody else");

        Assert.Equal([key.Id], await _store.ListAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_serves_TLS_with_its_certificate_and_with_no_other(bool rsa)
    {
        using var authority = TestAuthority.BelowRoot();
        using IStationKey key = await _store.CreateAsync(
            rsa ? StationKeyAlgorithm.Rsa(2048) : StationKeyAlgorithm.EcP256
        );
        CertificateSigningRequest csr = TestCsr.Read(
            CsrBuilder.Build(key, TestCsr.OrganizationName, TestCsr.SerialNumber).ToPem()
        );

        using X509Certificate2 certificate = key.UseForTls(authority.Issue(csr));

        var e = Assert.Throws<ArgumentException>(() => key.UseForTls(authority.Certificate));
        Assert.Equal("The certificate is for another key. (Parameter 'certificate')", e.Message);
        key.Dispose();
        using AsymmetricAlgorithm privateKey = rsa
            ? certificate.GetRSAPrivateKey()!
            : certificate.GetECDsaPrivateKey()!;
        Assert.Equal(key.Id, PublicKeyId.Of(new PublicKey(privateKey)));
        Assert.NotEmpty(privateKey.ExportPkcs8PrivateKey()); // it outlives the handle of the key
    }

    public void Dispose() => _folder.Dispose();

    private static async Task GiveAwayAsync(string user, string path)
    {
        using var chown = System.Diagnostics.Process.Start("chown", [user, path]);
        await chown.WaitForExitAsync();
        Assert.Equal(0, chown.ExitCode);
    }

    /// <summary>A key with the exponent 17, made out of the primes of a good one.</summary>
    private static RSA WeakRsa()
    {
        while (true)
        {
            using var good = RSA.Create(2048);
            RSAParameters key = good.ExportParameters(includePrivateParameters: true);
            BigInteger p = Number(key.P!);
            BigInteger q = Number(key.Q!);
            BigInteger order = (p - 1) * (q - 1);
            if (order % 17 == 0)
            {
                continue;
            }

            // 17 d = 1 modulo the order.
            BigInteger d = Enumerable.Range(1, 16).Select(i => (i * order) + 1).First(one => one % 17 == 0) / 17;
            key.Exponent = [17];
            key.D = Bytes(d, 256);
            key.DP = Bytes(d % (p - 1), 128);
            key.DQ = Bytes(d % (q - 1), 128);
            return RSA.Create(key);
        }
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
