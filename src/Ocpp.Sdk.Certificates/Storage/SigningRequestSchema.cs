using Microsoft.Data.Sqlite;

namespace Ocpp.Certificates;

/// <summary>The tables of a <see cref="SqliteSigningRequestStore"/>.</summary>
internal static class SigningRequestSchema
{
    private const int Version = 1;

    // Times are ISO 8601 in UTC and states are words, so that an operator can read them with any SQLite tool. Identities are
    // the same in upper and lower case.
    private const string Create = """
        CREATE TABLE run (number INTEGER NOT NULL);
        INSERT INTO run VALUES (0);
        CREATE TABLE request (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            station TEXT NOT NULL COLLATE NOCASE,
            key_id TEXT NOT NULL,
            certificate_type TEXT,
            csr TEXT NOT NULL,
            state TEXT NOT NULL,
            received_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            reason TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            forwarded_in_run INTEGER,
            ask_again_at TEXT,
            ticket TEXT,
            chain TEXT,
            certificate_serial_number TEXT,
            expires_at TEXT,
            is_finished INTEGER NOT NULL);
        CREATE INDEX request_unfinished ON request (station) WHERE NOT is_finished;
        CREATE INDEX request_delivered ON request (station, certificate_type) WHERE state = 'Delivered';
        CREATE INDEX request_key ON request (key_id);
        CREATE TABLE event (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
            state TEXT NOT NULL,
            at TEXT NOT NULL,
            reason TEXT NOT NULL);
        CREATE INDEX event_request ON event (request_id);
        PRAGMA user_version = 1;
        """;

    /// <summary>Makes the tables where there are none, and counts the run: what an earlier one has not finished was interrupted.</summary>
    /// <returns>The number of this run.</returns>
    /// <exception cref="SigningRequestStoreException">The tables are of a newer version.</exception>
    public static long Open(SqliteConnection connection)
    {
        // FULL: a step that was returned survives a loss of power, too.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");

        using SqliteTransaction transaction = connection.BeginTransaction();
        long version = Execute(connection, "PRAGMA user_version") ?? 0;
        if (version > Version)
            throw new SigningRequestStoreException($"The store is of version {version}; this library knows versions up to {Version}.");

        if (version == 0)
            Execute(connection, Create);

        long run = Execute(connection, "UPDATE run SET number = number + 1 RETURNING number") ?? 0;
        transaction.Commit();
        return run;
    }

    private static long? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long?;
    }
}
