using Npgsql;
using NpgsqlTypes;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>Commands in a line or two.</summary>
internal static class SqlExtensions
{
    public static NpgsqlCommand Command(
        this NpgsqlConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    )
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.Add(Parameter(name, value));
        }

        return command;
    }

    /// <summary>Runs a command and disposes of it.</summary>
    /// <returns>How many rows it has changed.</returns>
    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a command, reads all its rows and disposes of it.</summary>
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(read(reader));
                }

                return rows;
            }
        }
    }

    /// <summary>Runs a command, reads its first row and disposes of it.</summary>
    /// <returns>The row; the default value if there is none.</returns>
    public static async Task<T?> ReadAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    ) => await command.ListAsync(read, cancellationToken).ConfigureAwait(false) is [var first, ..] ? first : default;

    private static NpgsqlParameter Parameter(string name, object? value) =>
        value switch
        {
            null => new NpgsqlParameter(name, DBNull.Value),
            DateTimeOffset time => new NpgsqlParameter(name, NpgsqlDbType.TimestampTz) { Value = time.UtcDateTime },
            TimeSpan time => new NpgsqlParameter(name, NpgsqlDbType.Interval) { Value = time },
            _ => new NpgsqlParameter(name, value),
        };
}
