using Ocpp.Stations.Storage;

namespace Ocpp.Stations.Tests.Storage;

/// <summary>A disk that has room for so many bytes more, over all its files.</summary>
internal sealed class FailingDisk : QueueDisk
{
    /// <summary>How many bytes can still be written.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>What reading and writing fail with, if they fail.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How many times a file was flushed.</summary>
    public int Flushes { get; private set; }

    /// <summary>Is called when a file was flushed.</summary>
    public Action? Flushed { get; set; }

    public override Stream Open(string path, FileMode mode) => new LimitedStream(this, base.Open(path, mode));

    public override void Flush(Stream file)
    {
        Flushes++;
        base.Flush(((LimitedStream)file).Inner);
        Flushed?.Invoke();
    }

    private sealed class LimitedStream(FailingDisk disk, Stream inner) : Stream
    {
        public Stream Inner => inner;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            disk.Failure is { } failure ? throw failure : inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Flush() => inner.Flush();

        /// <summary>Writes as much as there is room for, as a file system does.</summary>
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (disk.Failure is { } failure)
            {
                throw failure;
            }

            int written = (int)Math.Min(count, disk.Room);
            inner.Write(buffer, offset, written);
            disk.Room -= written;
            if (written < count)
            {
                throw new IOException("No space left on device");
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
