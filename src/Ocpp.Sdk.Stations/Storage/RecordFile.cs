using System.Buffers.Binary;
using System.Numerics;

namespace Ocpp.Stations.Storage;

/// <summary>
/// A file of records that only grows. A record that was not written to its end, or that was changed, is found by its
/// checksum and skipped. docs/stations.md describes the format. Not thread-safe.
/// </summary>
/// <remarks>
/// The header has 8 bytes: <c>OCPPQ</c>, the version, CR LF. Each record has 10 bytes before its content: a marker of
/// two bytes by which records are found behind a damaged one, the length of the content, and the CRC-32C of length and
/// content. All numbers are little-endian.
/// </remarks>
internal sealed class RecordFile : IDisposable
{
    public const byte Version = 2;
    public const int HeaderLength = 8;

    /// <summary>How many bytes a record has in addition to its content.</summary>
    public const int RecordOverhead = 10;

    private const int VersionPosition = 5;
    private const int LengthPosition = 2;
    private const int ChecksumPosition = 6;
    private const int ScanLength = 4096;

    private readonly QueueDisk _disk;
    private readonly string _path;

    /// <summary>The open file; <see langword="null"/> where it has to be opened again first.</summary>
    private Stream? _file;

    /// <summary>Whether bytes of a record that could not be written to its end may be behind the last record.</summary>
    private bool _hasTornEnd;

    private RecordFile(QueueDisk disk, string path)
    {
        _disk = disk;
        _path = path;
        _file = disk.Open(path, FileMode.Open);
    }

    /// <summary>The header of a file.</summary>
    public static ReadOnlySpan<byte> Header => "OCPPQ\u0002\r\n"u8;

    /// <summary>How many bytes the file has. The next record begins there.</summary>
    public long Length { get; private set; } = HeaderLength;

    /// <summary>How many bytes were skipped when the file was opened, because they are not whole records.</summary>
    public long DamagedBytes { get; private set; }

    private Stream Stream => _file ??= _disk.Open(_path, FileMode.Open);

    /// <summary>Opens a file and reads its records; makes an empty one if there is none.</summary>
    /// <param name="disk">The files.</param>
    /// <param name="path">The full path.</param>
    /// <param name="read">Is called with each record: the position of its content, and the content.</param>
    /// <exception cref="InvalidDataException">The file is not a queue, or a queue of another version.</exception>
    /// <exception cref="IOException">
    /// The file can't be read or made, or another process uses it.
    /// </exception>
    public static RecordFile Open(QueueDisk disk, string path, Action<long, ReadOnlyMemory<byte>> read)
    {
        if (!disk.Exists(path))
        {
            Write(disk, path, []);
        }

        var file = new RecordFile(disk, path);
        try
        {
            if (file.CheckHeader())
            {
                file.ReadAll(read);
            }
            else
            {
                // Cut within its header: there was nothing in it.
                long damaged = file.Stream.Length;
                file.Replace([]);
                file.DamagedBytes = damaged;
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a record behind the last one.</summary>
    /// <param name="content">The content.</param>
    /// <param name="flush">Whether to wait until it is on the storage device.</param>
    /// <returns>The position of the content.</returns>
    /// <exception cref="IOException">
    /// The record can't be written, such as when the disk is full. The records before it are as they were.
    /// </exception>
    public long Append(ReadOnlySpan<byte> content, bool flush)
    {
        byte[] record = Frame(content);
        if (_hasTornEnd)
        {
            // Fails while nothing can be written at all. A reader would skip the torn record, too.
            Stream.SetLength(Length);
            _hasTornEnd = false;
        }

        _hasTornEnd = true;
        Stream.Position = Length;
        Stream.Write(record);
        if (flush)
        {
            _disk.Flush(Stream);
        }

        _hasTornEnd = false;
        long position = Length + RecordOverhead;
        Length += record.Length;
        return position;
    }

    /// <summary>Reads the content of a record.</summary>
    /// <param name="position">What <see cref="Append"/> has returned, or the reading of the file has reported.</param>
    /// <param name="length">The length of the content.</param>
    /// <exception cref="IOException">The content can't be read.</exception>
    /// <exception cref="InvalidDataException">The content has changed since it was written.</exception>
    public byte[] Read(long position, int length) =>
        TryReadRecord(position - RecordOverhead) is { } content && content.Length == length
            ? content
            : throw new InvalidDataException($"{_path}: a record has changed.");

    /// <summary>
    /// Replaces the file by one with other records. The process may be killed, and the power lost, at any time: there
    /// is then either the old file or the new one.
    /// </summary>
    /// <param name="contents">The contents of the new records.</param>
    /// <returns>The positions of the contents.</returns>
    /// <exception cref="IOException">The new file can't be written. The old one is as it was.</exception>
    public IReadOnlyList<long> Replace(IEnumerable<byte[]> contents)
    {
        var positions = new List<long>();
        long length = HeaderLength;
        Write(_disk, _path, Records(), Close);
        _hasTornEnd = false;
        Length = length;
        DamagedBytes = 0;
        return positions;

        IEnumerable<byte[]> Records()
        {
            foreach (byte[] content in contents)
            {
                byte[] record = Frame(content);
                positions.Add(length + RecordOverhead);
                length += record.Length;
                yield return record;
            }
        }
    }

    public void Dispose() => Close();

    /// <summary>Writes a whole file beside its place, and puts it there.</summary>
    /// <param name="disk">The files.</param>
    /// <param name="path">Its place.</param>
    /// <param name="records">The records.</param>
    /// <param name="close">Closes the file that is there: on Windows an open file can't be replaced.</param>
    private static void Write(QueueDisk disk, string path, IEnumerable<byte[]> records, Action? close = null)
    {
        string newPath = path + ".new";
        try
        {
            using (Stream file = disk.Open(newPath, FileMode.Create))
            {
                file.Write(Header);
                foreach (byte[] record in records)
                {
                    file.Write(record);
                }

                disk.Flush(file);
            }

            close?.Invoke();
            disk.Replace(newPath, path);
        }
        catch
        {
            disk.Delete(newPath); // where the disk is full, it would keep it so
            throw;
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private static byte[] Frame(ReadOnlySpan<byte> content)
    {
        byte[] record = new byte[RecordOverhead + content.Length];
        Marker.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(LengthPosition), content.Length);
        content.CopyTo(record.AsSpan(RecordOverhead));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(ChecksumPosition), Checksum(content));
        return record;
    }

    private static ReadOnlySpan<byte> Marker => [0xA5, 0x5A];

    /// <summary>CRC-32C of the length, as a record has it, and the content.</summary>
    private static uint Checksum(ReadOnlySpan<byte> content) =>
        Crc32C.Of(content, BitOperations.Crc32C(Crc32C.Seed, (uint)content.Length));

    /// <returns><see langword="false"/> if the file ends within its header.</returns>
    private bool CheckHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        header = header[..ReadAt(0, header)];
        if (Header.StartsWith(header))
        {
            return header.Length == HeaderLength;
        }

        throw header.Length > VersionPosition && header.StartsWith(Header[..VersionPosition])
            ? new InvalidDataException(
                $"{_path}: a queue of version {header[VersionPosition]}; this version of the SDK "
                    + $"reads version {Version}."
            )
            : new InvalidDataException($"{_path}: not a queue of messages.");
    }

    private void ReadAll(Action<long, ReadOnlyMemory<byte>> read)
    {
        long end = Stream.Length;
        long position = HeaderLength;
        while (position < end)
        {
            if (TryReadRecord(position) is { } content)
            {
                read(position + RecordOverhead, content);
                position += RecordOverhead + content.Length;
            }
            else
            {
                long next = FindMarker(position + 1, end);
                DamagedBytes += next - position;
                position = next;
            }
        }

        Length = end;
    }

    /// <returns><see langword="null"/> if there is no whole record at the position.</returns>
    private byte[]? TryReadRecord(long position)
    {
        Span<byte> head = stackalloc byte[RecordOverhead];
        if (ReadAt(position, head) < RecordOverhead || !head.StartsWith(Marker))
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(head[LengthPosition..]);
        if (length < 0 || length > Stream.Length - position - RecordOverhead)
        {
            return null;
        }

        byte[] content = new byte[length];
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(head[ChecksumPosition..]);
        return ReadAt(position + RecordOverhead, content) == length && Checksum(content) == checksum ? content : null;
    }

    /// <returns>Where the next record may begin: the end of the file if there is no marker.</returns>
    private long FindMarker(long position, long end)
    {
        byte[] bytes = new byte[ScanLength];
        while (position < end)
        {
            int count = ReadAt(position, bytes);
            int index = bytes.AsSpan(0, count).IndexOf(Marker);
            if (index >= 0)
            {
                return position + index;
            }

            // The last byte may be the first of a marker.
            position += Math.Max(count - 1, 1);
        }

        return end;
    }

    private int ReadAt(long position, Span<byte> bytes)
    {
        Stream.Position = position;
        return Stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
    }
}
