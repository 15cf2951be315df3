using System.Text;
using Ocpp.Stations.Storage;

namespace Ocpp.Stations.Tests.Storage;

public sealed class RecordFileTests : IDisposable
{
    private static readonly string[] s_records = ["first", "", "the third record, a little longer", "4"];

    private readonly TemporaryFolder _folder = new();
    private readonly FailingDisk _disk = new();

    private string FilePath => _folder.Locate("records");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_are_read_in_the_order_in_which_they_were_written()
    {
        Write(s_records);

        AssertContent(s_records);
    }

    [Fact]
    public void A_file_that_is_cut_at_any_byte_has_all_whole_records_and_reports_the_rest()
    {
        Write(s_records);
        byte[] whole = File.ReadAllBytes(FilePath);
        long[] ends = [RecordFile.HeaderLength, .. EndsOf(s_records)];

        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            long kept = ends.LastOrDefault(end => end <= length);
            int expected = ends.Count(end => end <= length) - 1;

            (string[] records, long damaged) = Read();

            Assert.Equal(s_records[..Math.Max(expected, 0)], records);
            Assert.Equal(length - kept, damaged);
        }
    }

    [Fact]
    public void Records_can_be_added_behind_a_cut_at_any_byte()
    {
        Write(s_records);
        byte[] whole = File.ReadAllBytes(FilePath);
        long[] ends = [RecordFile.HeaderLength, .. EndsOf(s_records)];

        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            int expected = Math.Max(ends.Count(end => end <= length) - 1, 0);

            Write(["added"]);

            Assert.Equal([.. s_records[..expected], "added"], Read().Records);
        }
    }

    [Fact]
    public void A_byte_that_has_changed_costs_its_record_and_no_other()
    {
        Write(s_records);
        byte[] whole = File.ReadAllBytes(FilePath);
        long[] ends = EndsOf(s_records);

        for (int position = RecordFile.HeaderLength; position < whole.Length; position++)
        {
            byte[] changed = [.. whole];
            changed[position] ^= 0x40;
            File.WriteAllBytes(FilePath, changed);
            int lost = ends.Count(end => end <= position);

            (string[] records, long damaged) = Read();

            Assert.Equal(s_records.Where((_, index) => index != lost), records);
            Assert.Equal(s_records[lost].Length + RecordFile.RecordOverhead, damaged);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_file_of_another_version_is_refused_by_its_number(byte version)
    {
        File.WriteAllBytes(FilePath, [.. "OCPPQ"u8, version, .. "\r\n"u8]);

        var exception = Assert.Throws<InvalidDataException>(() => Read());

        Assert.Equal(
            $"{FilePath}: a queue of version {version}; this version of the SDK reads version 2.",
            exception.Message
        );
        Assert.Equal(RecordFile.HeaderLength, new FileInfo(FilePath).Length);
    }

    [Theory]
    [InlineData("something else")]
    [InlineData("OCP!")]
    public void A_file_that_is_something_else_is_refused_and_stays_as_it_is(string content)
    {
        File.WriteAllText(FilePath, content);

        var exception = Assert.Throws<InvalidDataException>(() => Read());

        Assert.Equal($"{FilePath}: not a queue of messages.", exception.Message);
        Assert.Equal(content, File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_file_that_is_open_already_is_refused()
    {
        using RecordFile first = RecordFile.Open(_disk, FilePath, (_, _) => { });

        Assert.Throws<IOException>(() => Read());
    }

    [Fact]
    public void A_full_disk_fails_the_record_that_has_no_room_and_keeps_the_others()
    {
        int whole = s_records[2].Length + RecordFile.RecordOverhead;
        for (int room = 0; room < whole; room++)
        {
            File.Delete(FilePath);
            using (RecordFile file = RecordFile.Open(_disk, FilePath, (_, _) => { }))
            {
                file.Append(Bytes(s_records[0]), flush: true);
                _disk.Room = room;
                var exception = Assert.Throws<IOException>(() => file.Append(Bytes(s_records[2]), flush: true));
                Assert.Equal("No space left on device", exception.Message);
                _disk.Room = long.MaxValue;
                file.Append(Bytes("later"), flush: true);
            }

            AssertContent([s_records[0], "later"]);
        }
    }

    [Fact]
    public void A_replacement_that_has_no_room_leaves_the_old_file()
    {
        Write(s_records);
        using (RecordFile file = RecordFile.Open(_disk, FilePath, (_, _) => { }))
        {
            _disk.Room = RecordFile.HeaderLength + 3;
            Assert.Throws<IOException>(() => file.Replace([Bytes("new")]));
            _disk.Room = long.MaxValue;
            file.Append(Bytes("added"), flush: true);
        }

        Assert.False(File.Exists(FilePath + ".new"));
        AssertContent([.. s_records, "added"]);
    }

    [Fact]
    public void What_a_killed_replacement_has_left_is_ignored()
    {
        Write(s_records);
        File.WriteAllText(FilePath + ".new", "half a file");

        AssertContent(s_records);
    }

    [Fact]
    public void A_replaced_file_has_the_new_records_at_the_positions_returned()
    {
        using RecordFile file = RecordFile.Open(_disk, FilePath, (_, _) => { });
        file.Append(Bytes("old"), flush: false);

        IReadOnlyList<long> positions = file.Replace([Bytes("a"), Bytes("bc")]);
        long third = file.Append(Bytes("def"), flush: false);

        Assert.Equal("a", Encoding.UTF8.GetString(file.Read(positions[0], 1)));
        Assert.Equal("bc", Encoding.UTF8.GetString(file.Read(positions[1], 2)));
        Assert.Equal("def", Encoding.UTF8.GetString(file.Read(third, 3)));
    }

    [Fact]
    public void A_record_that_is_not_as_it_was_written_is_not_read()
    {
        using RecordFile file = RecordFile.Open(_disk, FilePath, (_, _) => { });
        long position = file.Append(Bytes("first"), flush: false);
        Assert.Equal("first", Encoding.UTF8.GetString(file.Read(position, 5)));

        var exception = Assert.Throws<InvalidDataException>(() => file.Read(position, 4));

        Assert.Equal($"{FilePath}: a record has changed.", exception.Message);
    }

    [Fact]
    public void Only_records_that_ask_for_it_wait_for_the_device()
    {
        using RecordFile file = RecordFile.Open(_disk, FilePath, (_, _) => { });
        int before = _disk.Flushes;

        file.Append(Bytes("a"), flush: false);
        Assert.Equal(before, _disk.Flushes);
        file.Append(Bytes("b"), flush: true);
        Assert.Equal(before + 1, _disk.Flushes);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static long[] EndsOf(string[] records)
    {
        long end = RecordFile.HeaderLength;
        return [.. records.Select(record => end += RecordFile.RecordOverhead + record.Length)];
    }

    private void AssertContent(string[] expected)
    {
        (string[] records, long damaged) = Read();
        Assert.Equal(expected, records);
        Assert.Equal(0, damaged);
    }

    private void Write(string[] records)
    {
        using RecordFile file = RecordFile.Open(_disk, FilePath, (_, _) => { });
        foreach (string record in records)
        {
            file.Append(Bytes(record), flush: false);
        }
    }

    private (string[] Records, long Damaged) Read()
    {
        var records = new List<string>();
        using RecordFile file = RecordFile.Open(
            _disk,
            FilePath,
            (_, content) => records.Add(Encoding.UTF8.GetString(content.Span))
        );
        return ([.. records], file.DamagedBytes);
    }
}
