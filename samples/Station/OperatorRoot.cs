using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Samples;

namespace Station;

/// <summary>The certificate of the operator's root CA: what a station trusts.</summary>
internal static class OperatorRoot
{
    /// <summary>Reads the certificate out of a file in PEM.</summary>
    /// <exception cref="UsageException">The file can't be read, or holds no certificate.</exception>
    public static X509Certificate2 FromFile(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
        catch (CryptographicException e)
        {
            throw new UsageException($"{path}: not a certificate in PEM. {e.Message}");
        }
    }
}
