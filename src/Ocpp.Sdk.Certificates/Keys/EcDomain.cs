using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// A named curve over a prime field, y² = x³ + ax + b, as far as it is needed to compare encodings of a key.
/// </summary>
internal sealed class EcDomain
{
    private const string PrimeFieldOid = "1.2.840.10045.1.1";

    // secp224r1, P-256, P-384, P-521, secp256k1, and the Brainpool curves of RFC 5639.
    private static readonly string[] s_oids =
    [
        "1.3.132.0.33",
        "1.2.840.10045.3.1.7",
        "1.3.132.0.34",
        "1.3.132.0.35",
        "1.3.132.0.10",
        .. Enumerable.Range(5, 10).Select(number => $"1.3.36.3.3.2.8.1.1.{number}"),
    ];

    private static readonly Lazy<EcDomain[]> s_all = new(() => [.. s_oids.Select(Load).OfType<EcDomain>()]);

    private readonly BigInteger _p;
    private readonly BigInteger _a;
    private readonly BigInteger _b;
    private readonly BigInteger _order;
    private readonly BigInteger _baseX;
    private readonly BigInteger _baseY;
    private readonly int _length; // of a coordinate, in bytes

    private EcDomain(string oid, ECCurve curve)
    {
        Oid = oid;
        _p = Number(curve.Prime);
        _a = Number(curve.A);
        _b = Number(curve.B);
        _order = Number(curve.Order);
        _baseX = Number(curve.G.X);
        _baseY = Number(curve.G.Y);
        _length = (int)((_p.GetBitLength() + 7) / 8);
    }

    public string Oid { get; }

    /// <summary>
    /// The curve that parameters name, or spell out. Returns <see langword="null"/> if it isn't one of those here.
    /// </summary>
    /// <exception cref="AsnContentException">The parameters can't be read.</exception>
    public static EcDomain? Find(ReadOnlyMemory<byte> parameters)
    {
        if (parameters.IsEmpty)
        {
            return null;
        }

        var reader = new AsnReader(parameters, AsnEncodingRules.BER);
        if (reader.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            string oid = reader.ReadObjectIdentifier();
            return s_oids.Contains(oid) ? s_all.Value.FirstOrDefault(one => one.Oid == oid) : null;
        }

        return reader.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? FindSpelledOut(reader.ReadSequence()) : null;
    }

    /// <summary>
    /// A point in uncompressed form (SEC 1 section 2.3). Returns <see langword="null"/> if it isn't the encoding of a
    /// point.
    /// </summary>
    public byte[]? Uncompress(ReadOnlySpan<byte> point)
    {
        if (point.IsEmpty)
        {
            return null;
        }

        bool isOdd = (point[0] & 1) == 1;
        switch (point[0])
        {
            case 2 or 3 when point.Length == 1 + _length:
                return FindY(Number(point[1..]), isOdd) is { } y ? [4, .. point[1..], .. Bytes(y)] : null;
            case 4 when point.Length == 1 + (2 * _length):
                return point.ToArray();
            case 6 or 7 when point.Length == 1 + (2 * _length) && Number(point[^1..]).IsEven != isOdd:
                return [4, .. point[1..]];
            default:
                return null;
        }
    }

    // SpecifiedECDomain ::= SEQUENCE { version, fieldID, curve SEQUENCE { a, b, seed }, base, order, cofactor, ... }
    private static EcDomain? FindSpelledOut(AsnReader domain)
    {
        domain.ReadInteger();
        AsnReader field = domain.ReadSequence();
        if (field.ReadObjectIdentifier() != PrimeFieldOid)
        {
            return null;
        }

        BigInteger p = field.ReadInteger();
        AsnReader curve = domain.ReadSequence();
        BigInteger a = Number(curve.ReadOctetString());
        BigInteger b = Number(curve.ReadOctetString());
        byte[] basePoint = domain.ReadOctetString();
        BigInteger order = domain.ReadInteger();
        return s_all.Value.FirstOrDefault(one =>
            one._p == p && one._a == a && one._b == b && one._order == order && one.IsBase(basePoint)
        );
    }

    private static EcDomain? Load(string oid)
    {
        try
        {
            using var key = ECDsa.Create(ECCurve.CreateFromValue(oid));
            return new EcDomain(oid, key.ExportExplicitParameters(includePrivateParameters: false).Curve);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return null; // a curve that this platform has not: its keys are refused anyway
        }
    }

    private bool IsBase(byte[] point) =>
        Uncompress(point) is { } full
        && Number(full.AsSpan(1, _length)) == _baseX
        && Number(full.AsSpan(1 + _length)) == _baseY;

    private BigInteger? FindY(BigInteger x, bool isOdd)
    {
        if (x >= _p)
        {
            return null;
        }

        BigInteger square = (BigInteger.ModPow(x, 3, _p) + (_a * x) + _b) % _p;
        if (SquareRoot(square) is not { } y)
        {
            return null;
        }

        return y.IsEven == !isOdd ? y : _p - y;
    }

    // Tonelli and Shanks; where p is 3 modulo 4, as for all but P-224, the loop is not entered.
    private BigInteger? SquareRoot(BigInteger square)
    {
        if (square.IsZero)
        {
            return square;
        }

        BigInteger half = (_p - 1) / 2;
        if (!BigInteger.ModPow(square, half, _p).IsOne)
        {
            return null;
        }

        int twos = 0;
        BigInteger odd = _p - 1;
        for (; odd.IsEven; twos++)
        {
            odd >>= 1;
        }

        BigInteger nonResidue = 2;
        while (BigInteger.ModPow(nonResidue, half, _p).IsOne)
        {
            nonResidue++;
        }

        BigInteger c = BigInteger.ModPow(nonResidue, odd, _p);
        BigInteger root = BigInteger.ModPow(square, (odd + 1) / 2, _p);
        BigInteger t = BigInteger.ModPow(square, odd, _p);
        for (int m = twos; !t.IsOne; )
        {
            int i = 0;
            for (BigInteger power = t; !power.IsOne; i++)
            {
                power = power * power % _p;
            }

            BigInteger factor = BigInteger.ModPow(c, BigInteger.One << (m - i - 1), _p);
            m = i;
            c = factor * factor % _p;
            t = t * c % _p;
            root = root * factor % _p;
        }

        return root;
    }

    private byte[] Bytes(BigInteger number)
    {
        byte[] bytes = new byte[_length];
        byte[] minimal = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        minimal.CopyTo(bytes, _length - minimal.Length);
        return bytes;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
