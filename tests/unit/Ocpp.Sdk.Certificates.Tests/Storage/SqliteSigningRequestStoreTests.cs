using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>The suite for all stores, and what only a file can meet with.</summary>
public sealed class SqliteSigningRequestStoreTests : SigningRequestStoreTests
{
    private readonly SqliteStoreHost _host;

    public SqliteSigningRequestStoreTests()
        : this(new SqliteStoreHost()) { }

    private SqliteSigningRequestStoreTests(SqliteStoreHost host)
        : base(host) => _host = host;

    private new SqliteSigningRequestStore Store => _host.Store;

    [Fact]
    public void What_a_station_can_cause_to_be_looked_up_is_found_by_indexes_alone()
    {
        using var command = Store.Connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + SqliteSigningRequestStore.Usage;
        foreach (string parameter in new[] { "$station", "$key", "$uses", "$id", "$since" })
        {
            command.Parameters.AddWithValue(parameter, "");
        }

        var steps = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                steps.Add(reader.GetString(3));
            }
        }

        Assert.Equal(
            [
                "request_unfinished (station=? AND key_id=?)",
                "request_unfinished (station=?)",
                "request_station (station=? AND received_at>?)",
                "request_key (key_id=? AND station<?)",
                "request_key (key_id=? AND station>?)",
                "request_certified (key_id=?)",
                "request_unfinished (station=?)",
            ],
            steps
                .Where(step => step.Contains("request", StringComparison.Ordinal))
                .Select(step => step[(step.IndexOf("INDEX ", StringComparison.Ordinal) + 6)..])
        );
    }

    [Fact]
    public async Task A_store_of_version_1_is_brought_up_to_date()
    {
        await Store.DisposeAsync();
        string path = _host.Locate("old.db");
        await CreateVersion1Async(path, Clock.GetUtcNow());

        await using var store = SqliteSigningRequestStore.Open(path, Clock);

        SigningRequest request = Assert.Single(await store.ListUnfinishedAsync());
        Assert.Equal(
            (1, Sent, 2, CertificateUses.Combined),
            (request.Id, request.State, request.Deliveries, request.Uses)
        );
        Assert.Equal(
            [("Received", 1), ("Sent", 1), ("Sent", 1), ("Sent", 3)],
            (await store.GetHistoryAsync(1)).Select(one => (one.State.ToString(), one.Count))
        );
    }

    [Fact]
    public async Task A_store_of_version_2_is_brought_up_to_date()
    {
        await Store.DisposeAsync();
        string path = _host.Locate("old.db");
        await CreateVersion2Async(path, Clock.GetUtcNow());

        await using var store = SqliteSigningRequestStore.Open(path, Clock);

        Assert.Equal(
            [(1, CertificateUses.CsmsConnection), (2, CertificateUses.Iso15118), (3, CertificateUses.Combined)],
            (await store.ListUnfinishedAsync()).Select(one => (one.Id, one.Uses))
        );
        Assert.Equal(
            new SigningRequestUsage
            {
                IsRepeat = true,
                UnfinishedCount = 1,
                RecentCount = 1,
            },
            await store.GetUsageAsync(
                "CS-2",
                PublicKeyId.Parse(new string('2', 64)),
                CertificateUses.Iso15118,
                requestId: null,
                Clock.GetUtcNow().AddDays(-1)
            )
        );
    }

    [Fact]
    public async Task A_store_of_version_3_is_brought_up_to_date_and_its_open_requests_are_due()
    {
        await Store.DisposeAsync();
        string path = _host.Locate("old.db");
        await CreateVersion3Async(path, Clock.GetUtcNow());

        await using var store = SqliteSigningRequestStore.Open(path, Clock);

        Assert.Equal(
            [
                (1, Received, false, Clock.GetUtcNow()),
                (2, Forwarded, true, Clock.GetUtcNow()),
                (3, Waiting, false, Clock.GetUtcNow().AddHours(1)),
            ],
            (await store.ListUnfinishedAsync()).Select(one => (one.Id, one.State, one.IsAnswerLost, one.DueAt!.Value))
        );
        Assert.Null((await store.FindAsync(4))!.DueAt);
        var claim = new SigningRequestClaim { Lease = new("A", TimeSpan.FromMinutes(1)), MaxCount = 9 };
        Assert.Equal([1, 2], (await store.ClaimDueAsync(claim)).Requests.Select(one => one.Id));
    }

    [Fact]
    public async Task A_store_of_version_4_is_brought_up_to_date_and_takes_request_ids()
    {
        SigningRequest old = await Store.AddAsync("CS-1", TestCsr.New(), Station);
        using (var command = Store.Connection.CreateCommand())
        {
            command.CommandText = """
                ALTER TABLE request DROP COLUMN request_id;
                ALTER TABLE request DROP COLUMN root_hash_algorithm;
                ALTER TABLE request DROP COLUMN root_name_hash;
                ALTER TABLE request DROP COLUMN root_key_hash;
                ALTER TABLE request DROP COLUMN root_serial_number;
                PRAGMA user_version = 4;
                """;
            command.ExecuteNonQuery();
        }

        await Store.DisposeAsync();
        await using SqliteSigningRequestStore store = Open();
        var root = new CertificateHash("SHA256", "aa", "bb", "1");
        SigningRequest added = await store.AddAsync(
            new NewSigningRequest("CS-1", TestCsr.New(), Station) { RequestId = -1, RootCertificate = root }
        );

        Assert.Equal(old, await store.FindAsync(old.Id));
        Assert.Equal(added, await store.FindAsync(added.Id));
        Assert.Equal((-1, root), (added.RequestId, added.RootCertificate));
    }

    [Fact]
    public async Task All_files_are_the_owners_alone_those_of_an_earlier_version_too()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Store.DisposeAsync();
        File.SetUnixFileMode(_host.Locate("requests.db"), (UnixFileMode)0b110_100_100);
        await using SqliteSigningRequestStore store = Open();
        await store.AddAsync("CS-1", TestCsr.New(), Station);

        Assert.Equal(
            ["requests.db", "requests.db-shm", "requests.db-wal", "requests.db.lock"],
            Directory.GetFiles(_host.Folder).Select(Path.GetFileName).Order()
        );
        foreach (string file in Directory.GetFiles(_host.Folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void A_folder_that_others_can_write_to_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string folder = _host.Locate("shared");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_101);

        var e = Assert.Throws<SigningRequestStoreException>(() =>
            SqliteSigningRequestStore.Open(Path.Combine(folder, "requests.db"))
        );

        Assert.Equal(
            $"The store of signing requests can't be opened: {folder}: others than its owner can write to this "
                + "folder; its mode must be 0755 or less.",
            e.Message
        );
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_store_that_is_open_cannot_be_opened_again()
    {
        var e = Assert.Throws<SigningRequestStoreException>(Open);

        Assert.StartsWith("The store of signing requests can't be opened: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        using (var command = Store.Connection.CreateCommand())
        {
            command.CommandText = "PRAGMA user_version = 6";
            command.ExecuteNonQuery();
        }

        await Store.DisposeAsync();

        var e = Assert.Throws<SigningRequestStoreException>(Open);
        Assert.Equal("The store is of version 6; this library knows versions up to 5.", e.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused()
    {
        await Store.DisposeAsync();
        File.WriteAllText(_host.Locate("requests.db"), new string('x', 4096));

        var e = Assert.Throws<SigningRequestStoreException>(Open);

        Assert.Contains("file is not a database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_a_request_is_refused_whole_and_the_store_goes_on_when_there_is_room()
    {
        SigningRequest kept = await Store.AddAsync("CS-1", TestCsr.New(), Station);
        SetMaxPageCount(1); // SQLite takes the present size, when that is more

        Exception? e = null;
        int added = 0;
        for (; e is null && added < 100; added++)
        {
            e = await Record.ExceptionAsync(() => Store.AddAsync("CS-1", TestCsr.New(), Station));
        }

        Assert.Equal(
            "The store of signing requests failed: SQLite Error 13: 'database or disk is full'.",
            Assert.IsType<SigningRequestStoreException>(e).Message
        );
        Assert.Equal(added, (await Store.ListUnfinishedAsync()).Count); // the first, and those before the last
        Assert.Equal(kept, await Store.FindAsync(kept.Id));

        SetMaxPageCount(10000);
        Assert.Equal(added + 1, (await Store.AddAsync("CS-1", TestCsr.New(), Station)).Id);
    }

    [Fact]
    public async Task On_a_full_disk_a_step_is_not_taken_and_can_be_repeated()
    {
        SigningOrder order = TestCsr.Order();
        SigningRequest request = await Store.AddAsync("CS-1", order.Request, Station);
        SigningRequest forwarded = await Store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
        while (await Record.ExceptionAsync(FillAsync) is null) { }

        await Assert.ThrowsAsync<SigningRequestStoreException>(() =>
            Store.StepAsync(request.Id, SigningRequestTransition.Issued(Authority.IssueChain(order)))
        );
        Assert.Equal(forwarded, await Store.FindAsync(request.Id));
        Assert.Equal([Received, Forwarded], (await Store.GetHistoryAsync(request.Id)).Select(one => one.State));

        SetMaxPageCount(10000);
        Assert.Equal(
            Issued,
            (await Store.StepAsync(request.Id, SigningRequestTransition.Issued(Authority.IssueChain(order)))).State
        );

        Task FillAsync()
        {
            SetMaxPageCount(1);
            return Store.AddAsync("CS-2", TestCsr.New(), Station);
        }
    }

    private SqliteSigningRequestStore Open() => SqliteSigningRequestStore.Open(_host.Locate("requests.db"), Clock);

    /// <summary>
    /// Makes a file as the first version of the store did, with a request that was sent twice and asked for three times
    /// again.
    /// </summary>
    private static async Task CreateVersion1Async(string path, DateTimeOffset time)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE run (number INTEGER NOT NULL);
            INSERT INTO run VALUES (1);
            CREATE TABLE request (
                id INTEGER PRIMARY KEY AUTOINCREMENT, station TEXT NOT NULL COLLATE NOCASE, key_id TEXT NOT NULL, certificate_type TEXT,
                csr TEXT NOT NULL, state TEXT NOT NULL, received_at TEXT NOT NULL, changed_at TEXT NOT NULL, reason TEXT NOT NULL,
                attempts INTEGER NOT NULL, forwarded_in_run INTEGER, ask_again_at TEXT, ticket TEXT, chain TEXT,
                certificate_serial_number TEXT, expires_at TEXT, is_finished INTEGER NOT NULL);
            CREATE INDEX request_unfinished ON request (station) WHERE NOT is_finished;
            CREATE INDEX request_delivered ON request (station, certificate_type) WHERE state = 'Delivered';
            CREATE INDEX request_key ON request (key_id);
            CREATE TABLE event (
                number INTEGER PRIMARY KEY AUTOINCREMENT, request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                state TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL);
            CREATE INDEX event_request ON event (request_id);
            INSERT INTO request VALUES (1, 'CS-1', $key, NULL, '', 'Sent', $at, $at, '', 1, NULL, NULL, NULL, '', '', NULL, 0);
            INSERT INTO event (request_id, state, at, reason) VALUES
                (1, 'Received', $at, ''), (1, 'Sent', $at, ''), (1, 'Sent', $at, 'Sent again: the station''s answer did not come.'),
                (1, 'Sent', $at, 'The station asked again.'), (1, 'Sent', $at, 'The station asked again.'),
                (1, 'Sent', $at, 'The station asked again.');
            PRAGMA user_version = 1;
            """;
        command.Parameters.AddWithValue("$key", new string('0', 64));
        command.Parameters.AddWithValue("$at", time.UtcDateTime.ToString("O"));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Makes a file as the second version of the store did, with a request for each type of OCPP 2.0.1.
    /// </summary>
    private static async Task CreateVersion2Async(string path, DateTimeOffset time)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE run (number INTEGER NOT NULL);
            INSERT INTO run VALUES (1);
            CREATE TABLE request (
                id INTEGER PRIMARY KEY AUTOINCREMENT, station TEXT NOT NULL COLLATE NOCASE, key_id TEXT NOT NULL, certificate_type TEXT,
                csr TEXT NOT NULL, state TEXT NOT NULL, received_at TEXT NOT NULL, changed_at TEXT NOT NULL, reason TEXT NOT NULL,
                attempts INTEGER NOT NULL, deliveries INTEGER NOT NULL DEFAULT 0, forwarded_in_run INTEGER, ask_again_at TEXT, ticket TEXT,
                chain TEXT, certificate_serial_number TEXT, expires_at TEXT, is_finished INTEGER NOT NULL);
            CREATE TABLE event (
                number INTEGER PRIMARY KEY AUTOINCREMENT, request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                state TEXT NOT NULL, at TEXT NOT NULL, last_at TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 1, reason TEXT NOT NULL,
                UNIQUE (request_id, state, reason));
            CREATE INDEX request_unfinished ON request (station, key_id) WHERE NOT is_finished;
            CREATE INDEX request_station ON request (station, received_at);
            CREATE INDEX request_state ON request (state);
            CREATE INDEX request_delivered ON request (station, certificate_type) WHERE state = 'Delivered';
            CREATE INDEX request_expires ON request (expires_at) WHERE state = 'Delivered';
            CREATE INDEX request_finished ON request (changed_at) WHERE is_finished;
            CREATE INDEX request_key ON request (key_id, station);
            CREATE INDEX request_certified ON request (key_id) WHERE state = 'Delivered';
            INSERT INTO request (station, key_id, certificate_type, csr, state, received_at, changed_at, reason, attempts, is_finished) VALUES
                ('CS-1', $one, 'ChargingStationCertificate', '', 'Received', $at, $at, '', 0, 0),
                ('CS-2', $two, 'V2GCertificate', '', 'Received', $at, $at, '', 0, 0),
                ('CS-3', $three, NULL, '', 'Received', $at, $at, '', 0, 0);
            PRAGMA user_version = 2;
            """;
        command.Parameters.AddWithValue("$one", new string('1', 64));
        command.Parameters.AddWithValue("$two", new string('2', 64));
        command.Parameters.AddWithValue("$three", new string('3', 64));
        command.Parameters.AddWithValue("$at", time.UtcDateTime.ToString("O"));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Makes a file as the third version of the store did, with a request in each state that is not like the others.
    /// </summary>
    private static async Task CreateVersion3Async(string path, DateTimeOffset time)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE run (number INTEGER NOT NULL);
            INSERT INTO run VALUES (1);
            CREATE TABLE request (
                id INTEGER PRIMARY KEY AUTOINCREMENT, station TEXT NOT NULL COLLATE NOCASE, key_id TEXT NOT NULL, uses TEXT NOT NULL,
                csr TEXT NOT NULL, state TEXT NOT NULL, received_at TEXT NOT NULL, changed_at TEXT NOT NULL, reason TEXT NOT NULL,
                attempts INTEGER NOT NULL, deliveries INTEGER NOT NULL DEFAULT 0, forwarded_in_run INTEGER, ask_again_at TEXT, ticket TEXT,
                chain TEXT, certificate_serial_number TEXT, expires_at TEXT, is_finished INTEGER NOT NULL);
            CREATE TABLE event (
                number INTEGER PRIMARY KEY AUTOINCREMENT, request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                state TEXT NOT NULL, at TEXT NOT NULL, last_at TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 1, reason TEXT NOT NULL,
                UNIQUE (request_id, state, reason));
            CREATE INDEX request_unfinished ON request (station, key_id) WHERE NOT is_finished;
            CREATE INDEX request_station ON request (station, received_at);
            CREATE INDEX request_state ON request (state);
            CREATE INDEX request_delivered ON request (station, uses) WHERE state = 'Delivered';
            CREATE INDEX request_expires ON request (expires_at) WHERE state = 'Delivered';
            CREATE INDEX request_finished ON request (changed_at) WHERE is_finished;
            CREATE INDEX request_key ON request (key_id, station);
            CREATE INDEX request_certified ON request (key_id) WHERE state = 'Delivered';
            INSERT INTO request (
                station, key_id, uses, csr, state, received_at, changed_at, reason, attempts, forwarded_in_run, ask_again_at, is_finished) VALUES
                ('CS-1', $one, 'CsmsConnection', '', 'Received', $at, $at, '', 0, NULL, NULL, 0),
                ('CS-2', $two, 'Iso15118', '', 'Forwarded', $at, $at, '', 1, 1, NULL, 0),
                ('CS-3', $three, 'Combined', '', 'Waiting', $at, $at, '', 1, NULL, $later, 0),
                ('CS-4', $three, 'Combined', '', 'Failed', $at, $at, '', 1, NULL, NULL, 1);
            PRAGMA user_version = 3;
            """;
        command.Parameters.AddWithValue("$one", new string('1', 64));
        command.Parameters.AddWithValue("$two", new string('2', 64));
        command.Parameters.AddWithValue("$three", new string('3', 64));
        command.Parameters.AddWithValue("$later", time.AddHours(1).UtcDateTime.ToString("O"));
        command.Parameters.AddWithValue("$at", time.UtcDateTime.ToString("O"));
        await command.ExecuteNonQueryAsync();
    }

    private void SetMaxPageCount(int pages)
    {
        using var command = Store.Connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {pages}";
        command.ExecuteNonQuery();
    }
}
