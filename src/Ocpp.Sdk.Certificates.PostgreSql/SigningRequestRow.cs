using Npgsql;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.PostgreSql;

/// <summary>A row of the table of requests, with what the contract of stores does not show.</summary>
/// <param name="Request">The request.</param>
/// <param name="LastChange">The last transition or claim of the request.</param>
/// <param name="Now">The time of the database when it was read.</param>
internal sealed record SigningRequestRow(SigningRequest Request, Guid? LastChange, DateTimeOffset Now)
{
    /// <param name="row">A row of the table of requests, with the time as <c>now</c>.</param>
    public static SigningRequestRow Read(NpgsqlDataReader row) =>
        new(ReadRequest(row), row.Optional<Guid>("last_change"), row.Time("now"));

    /// <param name="row">A row of the table of requests.</param>
    public static SigningRequest ReadRequest(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetInt64(row.GetOrdinal("id")),
            Version = row.GetInt64(row.GetOrdinal("version")),
            DueAt = row.OptionalTime("due_at"),
            LeaseOwner = row.OptionalText("lease_owner"),
            Station = row.Text("station"),
            KeyId = PublicKeyId.Parse(row.Text("key_id")),
            Uses = Enum.Parse<CertificateUses>(row.Text("uses")),
            RequestId = row.Optional<int>("request_id"),
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
            ReceivedAt = row.Time("received_at"),
            ChangedAt = row.Time("changed_at"),
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

    public static SigningRequestEvent ReadEvent(NpgsqlDataReader row) =>
        new(Enum.Parse<SigningRequestState>(row.Text("state")), row.Time("at"), row.Text("reason"))
        {
            LastAt = row.Time("last_at"),
            Count = row.GetInt32(row.GetOrdinal("count")),
        };
}
