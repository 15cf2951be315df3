using Npgsql;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>
/// The tables of a <see cref="PostgreSqlSigningRequestStore"/>, in the first schema of the search path.
/// </summary>
internal static class SigningRequestSchema
{
    // Two nodes that start at once must not both create the tables. The number is arbitrary, and the same for all.
    private const long Lock = 0x4F43_5050_5349_474E;

    // Identities are the same in upper and lower case: station_key is the identity in upper case, and compared byte by
    // byte. States are words, so that an operator can read them. The index of what is open is what keeps a request
    // from being added twice by two nodes.
    private const string Version1 = """
        CREATE TABLE signing_request (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            station text NOT NULL,
            station_key text COLLATE "C" NOT NULL,
            key_id text COLLATE "C" NOT NULL,
            uses text COLLATE "C" NOT NULL,
            csr text NOT NULL,
            state text COLLATE "C" NOT NULL,
            received_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL,
            reason text NOT NULL DEFAULT '',
            attempts integer NOT NULL DEFAULT 0,
            deliveries integer NOT NULL DEFAULT 0,
            is_answer_lost boolean NOT NULL DEFAULT FALSE,
            ask_again_at timestamptz,
            ticket text,
            chain text,
            certificate_serial_number text,
            expires_at timestamptz,
            is_finished boolean NOT NULL DEFAULT FALSE,
            version bigint NOT NULL DEFAULT 1,
            due_at timestamptz,
            lease_owner text,
            request_id integer,
            root_hash_algorithm text,
            root_name_hash text,
            root_key_hash text,
            root_serial_number text,
            last_change uuid,
            offered_at timestamptz,
            offered_by uuid);
        CREATE TABLE signing_event (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            request_id bigint NOT NULL REFERENCES signing_request (id) ON DELETE CASCADE,
            state text COLLATE "C" NOT NULL,
            at timestamptz NOT NULL,
            last_at timestamptz NOT NULL,
            count integer NOT NULL DEFAULT 1,
            reason text NOT NULL);
        CREATE UNIQUE INDEX signing_event_kind ON signing_event (request_id, state, md5(reason));
        CREATE UNIQUE INDEX signing_request_open ON signing_request (station_key, key_id, uses) WHERE NOT is_finished;
        CREATE INDEX signing_request_unfinished ON signing_request (id) WHERE NOT is_finished;
        CREATE INDEX signing_request_due ON signing_request (state, due_at) WHERE NOT is_finished;
        CREATE INDEX signing_request_lease ON signing_request (lease_owner) WHERE lease_owner IS NOT NULL;
        CREATE INDEX signing_request_offered ON signing_request (offered_at, id) WHERE offered_at IS NOT NULL;
        CREATE INDEX signing_request_received ON signing_request (station_key, received_at);
        CREATE INDEX signing_request_station ON signing_request (station_key, id);
        CREATE INDEX signing_request_state ON signing_request (state, id);
        CREATE INDEX signing_request_key ON signing_request (key_id, station_key);
        CREATE INDEX signing_request_certified ON signing_request (key_id) WHERE state = 'Delivered';
        CREATE INDEX signing_request_delivered ON signing_request (station_key, uses, id) WHERE state = 'Delivered';
        CREATE INDEX signing_request_expires ON signing_request (expires_at, id) WHERE state = 'Delivered';
        CREATE INDEX signing_request_finished ON signing_request (changed_at, id) WHERE is_finished;
        """;

    /// <summary>What leads from each version to the next; the first creates the tables.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Version1];

    /// <summary>Creates the tables, or brings those of an earlier version up to date: all of it or nothing.</summary>
    /// <exception cref="SigningRequestStoreException">The tables are of a newer version.</exception>
    public static async Task<bool> CreateAsync(
        NpgsqlConnection connection,
        IReadOnlyList<string> steps,
        CancellationToken cancellationToken
    )
    {
        // However long that takes on large tables, and while another node does it.
        await RunAsync($"SELECT pg_advisory_xact_lock({Lock})").ConfigureAwait(false);
        await RunAsync(
                """
                CREATE TABLE IF NOT EXISTS signing_schema (version integer NOT NULL);
                INSERT INTO signing_schema SELECT 0 WHERE NOT EXISTS (SELECT FROM signing_schema);
                """
            )
            .ConfigureAwait(false);
        int version = await connection
            .Command("SELECT version FROM signing_schema")
            .ReadAsync(row => row.GetInt32(0), cancellationToken)
            .ConfigureAwait(false);
        if (version > steps.Count)
        {
            throw new SigningRequestStoreException(
                $"The store is of version {version}; this library knows versions up to {steps.Count}."
            );
        }

        if (version < steps.Count)
        {
            string script = string.Join('\n', steps.Skip(version));
            await RunAsync($"{script} UPDATE signing_schema SET version = {steps.Count}").ConfigureAwait(false);
        }

        return true;

        async Task RunAsync(string sql)
        {
            NpgsqlCommand command = connection.Command(sql);
            command.CommandTimeout = 0;
            await command.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
