using System.Globalization;
using Microsoft.Data.Sqlite;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Sqlite;

/// <summary>Turns rows of a <see cref="SqliteSigningRequestStore"/> into records.</summary>
internal static class SigningRequestRow
{
    /// <param name="row">A row of the table of requests.</param>
    public static SigningRequest Read(SqliteDataReader row) =>
        new()
        {
            Id = row.GetInt64(row.GetOrdinal("id")),
            Version = row.GetInt64(row.GetOrdinal("version")),
            DueAt = row.OptionalTime("due_at"),
            LeaseOwner = row.OptionalText("lease_owner"),
            Station = row.Text("station"),
            KeyId = PublicKeyId.Parse(row.Text("key_id")),
            Uses = Enum.Parse<CertificateUses>(row.Text("uses")),
            RequestId = row.IsDBNull(row.GetOrdinal("request_id")) ? null : row.GetInt32(row.GetOrdinal("request_id")),
            RootCertificate = row.OptionalText("root_hash_algorithm") is { } algorithm
                ? new CertificateHash(
                    algorithm,
                    row.Text("root_name_hash"),
                    row.Text("root_key_hash"),
                    row.Text("root_serial_number")
                )
                : null,
            Csr = row.Text("csr"),
            State = Enum.Parse<SigningRequestState>(row.Text("state")),
            ReceivedAt = Time(row.Text("received_at")),
            ChangedAt = Time(row.Text("changed_at")),
            Reason = row.Text("reason"),
            Attempts = row.GetInt32(row.GetOrdinal("attempts")),
            Deliveries = row.GetInt32(row.GetOrdinal("deliveries")),
            IsAnswerLost = row.GetBoolean(row.GetOrdinal("is_answer_lost")),
            AskAgainAt = row.OptionalTime("ask_again_at"),
            Ticket = row.OptionalText("ticket"),
            Chain = row.OptionalText("chain"),
            CertificateSerialNumber = row.OptionalText("certificate_serial_number"),
            ExpiresAt = row.OptionalTime("expires_at"),
        };

    public static SigningRequestEvent ReadEvent(SqliteDataReader row) =>
        new(Enum.Parse<SigningRequestState>(row.Text("state")), Time(row.Text("at")), row.Text("reason"))
        {
            LastAt = Time(row.Text("last_at")),
            Count = row.GetInt32(row.GetOrdinal("count")),
        };

    /// <summary>A time in UTC, so that the order of texts is that of times.</summary>
    public static string? Text(DateTimeOffset? time) => time is { } known ? Text(known) : null;

    /// <inheritdoc cref="Text(DateTimeOffset?)"/>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The time of a text.</summary>
    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    extension(SqliteDataReader row)
    {
        private string Text(string column) => row.GetString(row.GetOrdinal(column));

        private string? OptionalText(string column) => row.IsDBNull(row.GetOrdinal(column)) ? null : row.Text(column);

        private DateTimeOffset? OptionalTime(string column) => row.OptionalText(column) is { } text ? Time(text) : null;
    }
}
