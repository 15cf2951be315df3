using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Sqlite;

/// <summary>The tables of a <see cref="SqliteSigningRequestStore"/>.</summary>
internal static class SigningRequestSchema
{
    private const int Version = 5;

    // Times are ISO 8601 in UTC and states are words, so that an operator can read them with any SQLite tool.
    // Identities are the same in upper and lower case.
    private const string Create = """
        CREATE TABLE request (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            station TEXT NOT NULL COLLATE NOCASE,
            key_id TEXT NOT NULL,
            uses TEXT NOT NULL,
            csr TEXT NOT NULL,
            state TEXT NOT NULL,
            received_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            reason TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            deliveries INTEGER NOT NULL DEFAULT 0,
            is_answer_lost INTEGER NOT NULL DEFAULT 0,
            ask_again_at TEXT,
            ticket TEXT,
            chain TEXT,
            certificate_serial_number TEXT,
            expires_at TEXT,
            is_finished INTEGER NOT NULL,
            version INTEGER NOT NULL DEFAULT 1,
            due_at TEXT,
            lease_owner TEXT,
            request_id INTEGER,
            root_hash_algorithm TEXT,
            root_name_hash TEXT,
            root_key_hash TEXT,
            root_serial_number TEXT);
        CREATE TABLE event (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
            state TEXT NOT NULL,
            at TEXT NOT NULL,
            last_at TEXT NOT NULL,
            count INTEGER NOT NULL DEFAULT 1,
            reason TEXT NOT NULL,
            UNIQUE (request_id, state, reason));
        """;

    // What a station can cause to be looked up is found by one of these, never by going through the table.
    private const string Index = """
        CREATE INDEX request_unfinished ON request (station, key_id) WHERE NOT is_finished;
        CREATE INDEX request_station ON request (station, received_at);
        CREATE INDEX request_state ON request (state);
        CREATE INDEX request_delivered ON request (station, uses) WHERE state = 'Delivered';
        CREATE INDEX request_expires ON request (expires_at) WHERE state = 'Delivered';
        CREATE INDEX request_finished ON request (changed_at) WHERE is_finished;
        CREATE INDEX request_key ON request (key_id, station);
        CREATE INDEX request_certified ON request (key_id) WHERE state = 'Delivered';
        """;

    // Due work and what somebody holds are found the same way, however much is finished or waits for its station.
    private const string IndexOfDue = """
        CREATE INDEX request_due ON request (state, due_at) WHERE NOT is_finished;
        CREATE INDEX request_lease ON request (lease_owner) WHERE lease_owner IS NOT NULL;
        """;

    private const string FromVersion1 = """
        ALTER TABLE request ADD COLUMN deliveries INTEGER NOT NULL DEFAULT 0;
        UPDATE request SET deliveries = (
            SELECT COUNT(*) FROM event
            WHERE request_id = request.id AND event.state = 'Sent' AND event.reason <> 'The station asked again.');
        CREATE TABLE merged (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
            state TEXT NOT NULL,
            at TEXT NOT NULL,
            last_at TEXT NOT NULL,
            count INTEGER NOT NULL DEFAULT 1,
            reason TEXT NOT NULL,
            UNIQUE (request_id, state, reason));
        INSERT INTO merged (request_id, state, at, last_at, count, reason)
            SELECT request_id, state, MIN(at), MAX(at), COUNT(*), reason FROM event
            GROUP BY request_id, state, reason ORDER BY MIN(number);
        DROP TABLE event;
        ALTER TABLE merged RENAME TO event;
        DROP INDEX request_unfinished;
        DROP INDEX request_delivered;
        DROP INDEX request_key;
        """;

    // Only the indexes of version 2 go: version 1 comes here without any.
    private const string FromVersion2 = """
        DROP INDEX IF EXISTS request_unfinished;
        DROP INDEX IF EXISTS request_station;
        DROP INDEX IF EXISTS request_state;
        DROP INDEX IF EXISTS request_delivered;
        DROP INDEX IF EXISTS request_expires;
        DROP INDEX IF EXISTS request_finished;
        DROP INDEX IF EXISTS request_key;
        DROP INDEX IF EXISTS request_certified;
        ALTER TABLE request ADD COLUMN uses TEXT NOT NULL DEFAULT 'Combined';
        UPDATE request SET uses = 'CsmsConnection' WHERE certificate_type = 'ChargingStationCertificate';
        UPDATE request SET uses = 'Iso15118' WHERE certificate_type = 'V2GCertificate';
        ALTER TABLE request DROP COLUMN certificate_type;
        """;

    // An answer that an earlier run waited for is lost; in these versions a run was counted in place of leases.
    private const string FromVersion3 = """
        ALTER TABLE request ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE request ADD COLUMN due_at TEXT;
        ALTER TABLE request ADD COLUMN lease_owner TEXT;
        ALTER TABLE request ADD COLUMN is_answer_lost INTEGER NOT NULL DEFAULT 0;
        UPDATE request SET due_at = IFNULL(ask_again_at, changed_at) WHERE NOT is_finished;
        ALTER TABLE request DROP COLUMN forwarded_in_run;
        DROP TABLE run;
        """;

    // What OCPP 2.1 sends with a CSR.
    private const string FromVersion4 = """
        ALTER TABLE request ADD COLUMN request_id INTEGER;
        ALTER TABLE request ADD COLUMN root_hash_algorithm TEXT;
        ALTER TABLE request ADD COLUMN root_name_hash TEXT;
        ALTER TABLE request ADD COLUMN root_key_hash TEXT;
        ALTER TABLE request ADD COLUMN root_serial_number TEXT;
        """;

    // One process at a time has the file open: the holder of a request before has ended, and what it waited for is
    // lost.
    private const string EndLeases = """
        UPDATE request SET is_answer_lost = 1, lease_owner = NULL, due_at = changed_at, version = version + 1
            WHERE state = 'Forwarded' AND NOT is_finished AND NOT is_answer_lost;
        UPDATE request SET lease_owner = NULL, due_at = changed_at, version = version + 1 WHERE lease_owner IS NOT NULL;
        """;

    /// <summary>Makes the tables where there are none, and ends the leases of an earlier process.</summary>
    /// <exception cref="SigningRequestStoreException">The tables are of a newer version.</exception>
    public static void Open(SqliteConnection connection)
    {
        // FULL: a transition that was returned survives a loss of power, too.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");

        using SqliteTransaction transaction = connection.BeginTransaction();
        long version = Execute(connection, "PRAGMA user_version") ?? 0;
        Execute(
            connection,
            version switch
            {
                0 => Create + Index + IndexOfDue,
                1 => FromVersion1 + FromVersion2 + FromVersion3 + FromVersion4 + Index + IndexOfDue,
                2 => FromVersion2 + FromVersion3 + FromVersion4 + Index + IndexOfDue,
                3 => FromVersion3 + FromVersion4 + IndexOfDue,
                4 => FromVersion4,
                Version => "SELECT 0",
                _ => throw new SigningRequestStoreException(
                    $"The store is of version {version}; this library knows versions up to {Version}."
                ),
            }
        );
        Execute(connection, $"PRAGMA user_version = {Version}");
        Execute(connection, EndLeases);
        transaction.Commit();
    }

    private static long? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long?;
    }
}
