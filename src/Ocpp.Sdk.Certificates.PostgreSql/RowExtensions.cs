using Npgsql;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>Columns by their names.</summary>
internal static class RowExtensions
{
    extension(NpgsqlDataReader row)
    {
        public string Text(string column) => row.GetString(row.GetOrdinal(column));

        public string? OptionalText(string column) => row.IsDBNull(row.GetOrdinal(column)) ? null : row.Text(column);

        public DateTimeOffset Time(string column) => row.GetFieldValue<DateTimeOffset>(row.GetOrdinal(column));

        public DateTimeOffset? OptionalTime(string column) => row.Optional<DateTimeOffset>(column);

        public T? Optional<T>(string column)
            where T : struct =>
            row.GetOrdinal(column) is var ordinal && row.IsDBNull(ordinal) ? null : row.GetFieldValue<T>(ordinal);
    }
}
