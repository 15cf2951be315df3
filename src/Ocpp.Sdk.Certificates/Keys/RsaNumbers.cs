using System.Numerics;

namespace Ocpp.Certificates.Keys;

/// <summary>What an RSA public key is made of, and what makes one weak although it is long enough.</summary>
internal readonly record struct RsaNumbers(BigInteger Modulus, BigInteger Exponent)
{
    public const int MinExponent = 65537;

    private const int MaxSmallPrime = 65536;
    private const int MaxExponentBits = 256; // NIST SP 800-56B section 6.2
    private const int FermatSteps = 100;

    // Primes whose generation gives itself away (CVE-2017-15361) are powers of 65537 modulo each of these.
    private static readonly int[] s_rocaPrimes =
    [
        11,
        13,
        17,
        19,
        37,
        53,
        61,
        71,
        73,
        79,
        97,
        103,
        107,
        109,
        127,
        151,
        157,
    ];

    private static readonly Lazy<BigInteger> s_smallPrimes = new(MultiplySmallPrimes);
    private static readonly Lazy<HashSet<int>[]> s_rocaResidues = new(() => [.. s_rocaPrimes.Select(PowersOf65537)]);

    /// <summary>
    /// What a cheap check finds. Returns <see langword="null"/> if it finds nothing, which does not prove the key
    /// strong.
    /// </summary>
    public string? FindWeakness()
    {
        if (Modulus.Sign <= 0 || Modulus.IsEven)
        {
            return "The RSA key's modulus is not an odd positive number.";
        }

        if (Exponent < MinExponent)
        {
            return $"The RSA key's exponent is less than {MinExponent}.";
        }

        if (Exponent.IsEven || Exponent.GetBitLength() > MaxExponentBits)
        {
            return "The RSA key's exponent is even or too long.";
        }

        if (!BigInteger.GreatestCommonDivisor(Modulus, s_smallPrimes.Value % Modulus).IsOne)
        {
            return "The RSA key's modulus has a small factor.";
        }

        if (HasCloseFactors(Modulus))
        {
            return "The RSA key's modulus has two factors that are the same or close together.";
        }

        return IsRoca(Modulus)
            ? "The RSA key's primes come from a generator that is known to be weak (CVE-2017-15361)."
            : null;
    }

    /// <summary>
    /// Fermat: two factors close together are a ± b for an a just above the root. A square has b = 0.
    /// </summary>
    private static bool HasCloseFactors(BigInteger modulus)
    {
        BigInteger a = Root(modulus);
        if (a * a < modulus)
        {
            a++;
        }

        for (int i = 0; i < FermatSteps; i++, a++)
        {
            BigInteger square = (a * a) - modulus;

            // Squares have few residues: most numbers need no root.
            int residue = (int)(square & 63);
            if (((0x0202021202030213UL >> residue) & 1) == 1 && Root(square) is var b && b * b == square)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRoca(BigInteger modulus)
    {
        for (int i = 0; i < s_rocaPrimes.Length; i++)
        {
            if (!s_rocaResidues.Value[i].Contains((int)(modulus % s_rocaPrimes[i])))
            {
                return false;
            }
        }

        return true;
    }

    // Newton, from above.
    private static BigInteger Root(BigInteger number)
    {
        if (number.IsZero)
        {
            return number;
        }

        BigInteger root = BigInteger.One << (int)((number.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (number / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    private static BigInteger MultiplySmallPrimes()
    {
        bool[] isComposite = new bool[MaxSmallPrime];
        var factors = new List<BigInteger>();
        for (int i = 3; i < MaxSmallPrime; i += 2)
        {
            if (isComposite[i])
            {
                continue;
            }

            factors.Add(i);
            for (int j = i; (long)i * j < MaxSmallPrime; j += 2)
            {
                isComposite[i * j] = true;
            }
        }

        while (factors.Count > 1) // by pairs, so that the numbers stay of one size
        {
            factors = [.. factors.Chunk(2).Select(pair => pair.Length == 2 ? pair[0] * pair[1] : pair[0])];
        }

        return factors[0];
    }

    private static HashSet<int> PowersOf65537(int prime)
    {
        var powers = new HashSet<int>();
        for (int power = 1; powers.Add(power); )
        {
            power = power * (65537 % prime) % prime;
        }

        return powers;
    }
}
