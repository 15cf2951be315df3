using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>The default store of signing requests.</summary>
public sealed class SqliteSigningRequestStoreTests : IAsyncDisposable
{
    private const CertificateUses Station = CertificateUses.CsmsConnection;

    private readonly TemporaryFolder _folder = new();
    private readonly OcppTestClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly SqliteSigningRequestStore _store;

    public SqliteSigningRequestStoreTests() => _store = Open();

    [Fact]
    public async Task A_request_goes_all_its_way_and_leaves_its_history()
    {
        SigningOrder order = TestCsr.Order();
        IssuedChain chain = _authority.IssueChain(order);

        SigningRequest received = await _store.AddAsync("CS-1", order.Request, Station);
        DateTimeOffset start = _clock.GetUtcNow();
        await TakeAsync(received.Id, SigningRequestTransition.Forwarded());
        await TakeAsync(received.Id, SigningRequestTransition.Waiting(start.AddHours(1), "Not decided yet."));
        await TakeAsync(received.Id, SigningRequestTransition.Forwarded());
        await TakeAsync(received.Id, SigningRequestTransition.Issued(chain));
        await TakeAsync(received.Id, SigningRequestTransition.Sent());
        SigningRequest delivered = await TakeAsync(received.Id, SigningRequestTransition.Delivered());

        Assert.Equal(
            new SigningRequest
            {
                Id = 1,
                Station = "CS-1",
                KeyId = order.Request.KeyId,
                Uses = Station,
                Csr = order.Request.ToPem(),
                State = Received,
                ReceivedAt = start,
                ChangedAt = start,
                DueAt = start,
            },
            received
        );
        Assert.Equal(
            received with
            {
                State = Delivered,
                Version = 7,
                DueAt = null,
                ChangedAt = start.AddMinutes(6),
                Attempts = 2,
                Deliveries = 1,
                Chain = chain.Pem,
                CertificateSerialNumber = chain.SerialNumber,
                ExpiresAt = chain.NotAfter,
            },
            delivered
        );
        Assert.Equal(delivered, await _store.FindAsync(received.Id));
        Assert.Equal(
            [
                new(Received, start, ""),
                new(Forwarded, start.AddMinutes(1), "") { LastAt = start.AddMinutes(3), Count = 2 },
                new(Waiting, start.AddMinutes(2), "Not decided yet."),
                new(Issued, start.AddMinutes(4), ""),
                new(Sent, start.AddMinutes(5), ""),
                new(Delivered, start.AddMinutes(6), ""),
            ],
            await _store.GetHistoryAsync(received.Id)
        );
        Assert.Empty(await _store.ListUnfinishedAsync());
    }

    [Fact]
    public async Task Several_requests_of_one_station_are_told_apart_by_their_keys()
    {
        CertificateSigningRequest first = TestCsr.New();
        CertificateSigningRequest second = TestCsr.New();
        SigningRequest one = await _store.AddAsync("CS-1", first, Station);
        SigningRequest two = await _store.AddAsync("CS-1", second, CertificateUses.Iso15118);
        await _store.AddAsync("CS-2", TestCsr.New(), CertificateUses.Combined);

        Assert.Equal([one], await _store.ListAsync(new() { KeyId = first.KeyId }));
        Assert.Equal([two], await _store.ListAsync(new() { KeyId = second.KeyId }));
        Assert.Equal([one, two], await _store.ListUnfinishedAsync("CS-1"));
        Assert.Equal(["CS-1", "CS-1", "CS-2"], (await _store.ListUnfinishedAsync()).Select(request => request.Station));
        Assert.Equal(CertificateUses.Combined, (await _store.ListUnfinishedAsync("CS-2"))[0].Uses);
    }

    [Fact]
    public async Task Requests_are_listed_newest_first_by_station_and_state_and_page()
    {
        SigningRequest[] kept =
        [
            await _store.AddAsync("CS-1", TestCsr.New(), Station),
            await _store.AddAsync("CS-2", TestCsr.New(), Station),
            await _store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined),
        ];
        kept[0] = await _store.StepAsync(kept[0].Id, SigningRequestTransition.Failed("No."));

        Assert.Equal([kept[2], kept[1], kept[0]], await _store.ListAsync(new()));
        Assert.Equal([kept[2], kept[0]], await _store.ListAsync(new() { Station = "cs-1" }));
        Assert.Equal([kept[0]], await _store.ListAsync(new() { State = Failed }));
        Assert.Equal([kept[2]], await _store.ListAsync(new() { MaxCount = 1 }));
        Assert.Equal([kept[1], kept[0]], await _store.ListAsync(new() { BeforeId = kept[2].Id }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SigningRequestFilter { MaxCount = 0 });
    }

    [Fact]
    public async Task What_expires_is_listed_unless_another_has_taken_its_place()
    {
        SigningRequest replaced = await DeliverAsync("CS-1", Station);
        SigningRequest inUse = await DeliverAsync("cs-1", Station);
        SigningRequest other = await DeliverAsync("CS-1", CertificateUses.Combined);
        await _store.AddAsync("CS-1", TestCsr.New(), Station);

        Assert.Equal([inUse, other], await _store.ListExpiringAsync(replaced.ExpiresAt!.Value.AddTicks(1)));
        Assert.Empty(await _store.ListExpiringAsync(replaced.ExpiresAt.Value));
    }

    [Fact]
    public async Task A_station_that_repeats_itself_does_not_make_a_second_request()
    {
        CertificateSigningRequest csr = TestCsr.New();
        SigningRequest first = await _store.AddAsync("CS-1", csr, Station);
        SigningRequest forwarded = await _store.StepAsync(first.Id, SigningRequestTransition.Forwarded());

        SigningRequest repeated = await _store.AddAsync("CS-1", csr, Station);

        Assert.Equal(forwarded, repeated);
        Assert.Equal(
            ["", "", "The station asked again."],
            (await _store.GetHistoryAsync(first.Id)).Select(one => one.Reason)
        );
    }

    [Fact]
    public async Task A_finished_request_does_not_stand_in_the_way_of_a_new_one()
    {
        CertificateSigningRequest csr = TestCsr.New();
        SigningRequest first = await _store.AddAsync("CS-1", csr, Station);
        await _store.StepAsync(first.Id, SigningRequestTransition.Failed("The authority refused the request."));

        SigningRequest second = await _store.AddAsync("CS-1", csr, Station);

        Assert.Equal((2, Received), (second.Id, second.State));
        Assert.Equal([2, 1], (await _store.ListAsync(new() { KeyId = csr.KeyId })).Select(request => request.Id));
    }

    [Fact]
    public async Task A_step_that_cannot_follow_changes_nothing()
    {
        SigningRequest request = await _store.AddAsync("CS-1", TestCsr.New(), Station);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _store.StepAsync(request.Id, SigningRequestTransition.Delivered())
        );

        Assert.Equal("Signing request 1 is Received: it can't become Delivered.", e.Message);
        Assert.Equal(request, await _store.FindAsync(request.Id));
        Assert.Single(await _store.GetHistoryAsync(request.Id));
    }

    [Fact]
    public async Task A_transition_of_an_unknown_request_finds_none()
    {
        Assert.Equal(
            new SigningTransitionResult(SigningTransitionOutcome.NotFound, null),
            await _store.TransitionAsync(5, 1, SigningRequestTransition.Sent())
        );
        Assert.Null(await _store.FindAsync(5));
    }

    [Fact]
    public async Task Of_two_that_would_ask_the_authority_at_once_one_does()
    {
        SigningRequest request = await _store.AddAsync("CS-1", TestCsr.New(), Station);

        SigningTransitionResult[] results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => _store.TransitionAsync(request.Id, request.Version, SigningRequestTransition.Forwarded()))
        );

        Assert.Single(results, result => result.IsApplied);
        Assert.Equal(7, results.Count(result => result.Outcome == SigningTransitionOutcome.VersionConflict));
        Assert.All(results, result => Assert.Equal(2, result.Request!.Version));
        Assert.Equal(1, (await _store.FindAsync(request.Id))?.Attempts);
    }

    [Fact]
    public async Task Finished_requests_can_be_forgotten()
    {
        SigningRequest old = await _store.AddAsync("CS-1", TestCsr.New(), Station);
        await _store.StepAsync(old.Id, SigningRequestTransition.Failed(""));
        SigningRequest open = await _store.AddAsync("CS-1", TestCsr.New(), Station);
        _clock.Advance(TimeSpan.FromDays(30));
        SigningRequest recent = await _store.AddAsync("CS-1", TestCsr.New(), Station);
        await _store.StepAsync(recent.Id, SigningRequestTransition.Failed(""));

        Assert.Equal(1, await _store.RemoveFinishedAsync(_clock.GetUtcNow().AddDays(-1)));

        Assert.Null(await _store.FindAsync(old.Id));
        Assert.Empty(await _store.GetHistoryAsync(old.Id));
        Assert.NotNull(await _store.FindAsync(open.Id));
        Assert.NotNull(await _store.FindAsync(recent.Id));
    }

    [Fact]
    public async Task A_certificate_that_may_be_in_use_is_not_forgotten_and_one_that_was_replaced_or_has_expired_is()
    {
        SigningRequest replaced = await DeliverAsync("CS-1", Station);
        SigningRequest inUse = await DeliverAsync("CS-1", Station);
        _clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(1, await _store.RemoveFinishedAsync(_clock.GetUtcNow()));
        Assert.Null(await _store.FindAsync(replaced.Id));
        Assert.NotNull(await _store.FindAsync(inUse.Id));
        Assert.Equal(1, await _store.RemoveFinishedAsync(inUse.ExpiresAt!.Value.AddTicks(1)));
    }

    [Fact]
    public async Task What_is_known_of_a_station_and_a_key_is_what_a_new_request_is_judged_by()
    {
        CertificateSigningRequest csr = TestCsr.New();
        Assert.Equal(new SigningRequestUsage(), await UsageAsync("CS-1", csr));
        await _store.AddAsync("CS-1", csr, Station);
        await _store.AddAsync("CS-1", TestCsr.New(), Station);

        Assert.Equal(
            new SigningRequestUsage
            {
                IsRepeat = true,
                UnfinishedCount = 2,
                RecentCount = 2,
            },
            await UsageAsync("cs-1", csr)
        );
        Assert.Equal(new SigningRequestUsage { IsKeyOfAnotherStation = true }, await UsageAsync("CS-0", csr));
        Assert.Equal(new SigningRequestUsage { IsKeyOfAnotherStation = true }, await UsageAsync("CS-2", csr));
        SigningRequest delivered = await DeliverAsync("CS-3", Station);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(
            new SigningRequestUsage { IsKeyCertified = true },
            await _store.GetUsageAsync(
                "CS-3",
                delivered.KeyId,
                Station,
                requestId: null,
                _clock.GetUtcNow().AddDays(-1)
            )
        );

        Task<SigningRequestUsage> UsageAsync(string station, CertificateSigningRequest request) =>
            _store.GetUsageAsync(station, request.KeyId, Station, requestId: null, _clock.GetUtcNow().AddDays(-1));
    }

    [Fact]
    public void What_a_station_can_cause_to_be_looked_up_is_found_by_indexes_alone()
    {
        using var command = _store.Connection.CreateCommand();
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
    public async Task A_history_does_not_grow_by_repetition()
    {
        CertificateSigningRequest csr = TestCsr.New();
        SigningRequest request = await _store.AddAsync("CS-1", csr, Station);
        DateTimeOffset start = _clock.GetUtcNow();
        for (int i = 0; i < 120; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await _store.AddAsync("CS-1", csr, Station);
        }

        for (int i = 0; i < 50; i++)
        {
            await _store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
            await _store.StepAsync(request.Id, SigningRequestTransition.Waiting(_clock.GetUtcNow(), "Out of reach."));
        }

        Assert.Equal(
            [
                new(Received, start, ""),
                new(Received, start.AddSeconds(1), "The station asked again.")
                {
                    LastAt = start.AddSeconds(61),
                    Count = 2,
                },
                new(Forwarded, _clock.GetUtcNow(), "") { Count = 50 },
                new(Waiting, _clock.GetUtcNow(), "Out of reach.") { Count = 50 },
            ],
            await _store.GetHistoryAsync(request.Id)
        );
    }

    [Fact]
    public async Task A_store_of_version_1_is_brought_up_to_date()
    {
        await _store.DisposeAsync();
        string path = _folder.Locate("old.db");
        await CreateVersion1Async(path, _clock.GetUtcNow());

        await using var store = SqliteSigningRequestStore.Open(path, _clock);

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
        await _store.DisposeAsync();
        string path = _folder.Locate("old.db");
        await CreateVersion2Async(path, _clock.GetUtcNow());

        await using var store = SqliteSigningRequestStore.Open(path, _clock);

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
                _clock.GetUtcNow().AddDays(-1)
            )
        );
    }

    [Fact]
    public async Task A_store_of_version_3_is_brought_up_to_date_and_its_open_requests_are_due()
    {
        await _store.DisposeAsync();
        string path = _folder.Locate("old.db");
        await CreateVersion3Async(path, _clock.GetUtcNow());

        await using var store = SqliteSigningRequestStore.Open(path, _clock);

        Assert.Equal(
            [
                (1, Received, false, _clock.GetUtcNow()),
                (2, Forwarded, true, _clock.GetUtcNow()),
                (3, Waiting, false, _clock.GetUtcNow().AddHours(1)),
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
        SigningRequest old = await _store.AddAsync("CS-1", TestCsr.New(), Station);
        using (var command = _store.Connection.CreateCommand())
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

        await _store.DisposeAsync();
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

        await _store.DisposeAsync();
        File.SetUnixFileMode(_folder.Locate("requests.db"), (UnixFileMode)0b110_100_100);
        await using SqliteSigningRequestStore store = Open();
        await store.AddAsync("CS-1", TestCsr.New(), Station);

        Assert.Equal(
            ["requests.db", "requests.db-shm", "requests.db-wal", "requests.db.lock"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order()
        );
        foreach (string file in Directory.GetFiles(_folder.Path))
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

        string folder = _folder.Locate("shared");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_101);

        var e = Assert.Throws<SigningRequestStoreException>(() =>
            SqliteSigningRequestStore.Open(Path.Combine(folder, "requests.db"))
        );

        Assert.Equal(
            $"The store of signing requests can't be opened: {folder}: others than its owner can write to this folder; its mode must be 0755 or less.",
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
        using (var command = _store.Connection.CreateCommand())
        {
            command.CommandText = "PRAGMA user_version = 6";
            command.ExecuteNonQuery();
        }

        await _store.DisposeAsync();

        var e = Assert.Throws<SigningRequestStoreException>(Open);
        Assert.Equal("The store is of version 6; this library knows versions up to 5.", e.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused()
    {
        await _store.DisposeAsync();
        File.WriteAllText(_folder.Locate("requests.db"), new string('x', 4096));

        var e = Assert.Throws<SigningRequestStoreException>(Open);

        Assert.Contains("file is not a database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_a_request_is_refused_whole_and_the_store_goes_on_when_there_is_room()
    {
        SigningRequest kept = await _store.AddAsync("CS-1", TestCsr.New(), Station);
        SetMaxPageCount(1); // SQLite takes the present size, when that is more

        Exception? e = null;
        int added = 0;
        for (; e is null && added < 100; added++)
        {
            e = await Record.ExceptionAsync(() => _store.AddAsync("CS-1", TestCsr.New(), Station));
        }

        Assert.Equal(
            "The store of signing requests failed: SQLite Error 13: 'database or disk is full'.",
            Assert.IsType<SigningRequestStoreException>(e).Message
        );
        Assert.Equal(added, (await _store.ListUnfinishedAsync()).Count); // the first, and those before the last
        Assert.Equal(kept, await _store.FindAsync(kept.Id));

        SetMaxPageCount(10000);
        Assert.Equal(added + 1, (await _store.AddAsync("CS-1", TestCsr.New(), Station)).Id);
    }

    [Fact]
    public async Task On_a_full_disk_a_step_is_not_taken_and_can_be_repeated()
    {
        SigningOrder order = TestCsr.Order();
        SigningRequest request = await _store.AddAsync("CS-1", order.Request, Station);
        SigningRequest forwarded = await _store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
        while (await Record.ExceptionAsync(FillAsync) is null) { }

        await Assert.ThrowsAsync<SigningRequestStoreException>(() =>
            _store.StepAsync(request.Id, SigningRequestTransition.Issued(_authority.IssueChain(order)))
        );
        Assert.Equal(forwarded, await _store.FindAsync(request.Id));
        Assert.Equal([Received, Forwarded], (await _store.GetHistoryAsync(request.Id)).Select(one => one.State));

        SetMaxPageCount(10000);
        Assert.Equal(
            Issued,
            (await _store.StepAsync(request.Id, SigningRequestTransition.Issued(_authority.IssueChain(order)))).State
        );

        Task FillAsync()
        {
            SetMaxPageCount(1);
            return _store.AddAsync("CS-2", TestCsr.New(), Station);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private SqliteSigningRequestStore Open() => SqliteSigningRequestStore.Open(_folder.Locate("requests.db"), _clock);

    private async Task<SigningRequest> DeliverAsync(string station, CertificateUses uses)
    {
        SigningOrder order = TestCsr.Order();
        SigningRequest request = await _store.AddAsync(station, order.Request, uses);
        foreach (
            SigningRequestTransition step in new[]
            {
                SigningRequestTransition.Forwarded(),
                SigningRequestTransition.Issued(_authority.IssueChain(order)),
                SigningRequestTransition.Sent(),
                SigningRequestTransition.Delivered(),
            }
        )
        {
            request = await _store.StepAsync(request.Id, step);
        }

        return request;
    }

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

    private Task<SigningRequest> TakeAsync(long id, SigningRequestTransition step)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        return _store.StepAsync(id, step);
    }

    private void SetMaxPageCount(int pages)
    {
        using var command = _store.Connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {pages}";
        command.ExecuteNonQuery();
    }
}
