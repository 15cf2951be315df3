using System.Text;
using System.Text.Json;
using Ocpp.V201;
using Ocpp.Validation;
using Xunit.Abstractions;

namespace Ocpp.Tests.Json.Corpus;

/// <summary>
/// JSON by RFC 8259, document by document, through every door of the SDK. The doors agree with each other and with
/// <see cref="Utf8JsonReader"/>, but for what is listed.
/// </summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    /// <summary>The documents stand one level down.</summary>
    private const int MaxDepth = 63;

    [Fact]
    public void The_corpus_is_as_large_as_it_says()
    {
        output.WriteLine(
            $"accept: {CorpusFile.Accept.Count}, reject: {CorpusFile.Reject.Count}, free: {CorpusFile.Free.Count}"
        );
        Assert.Equal((186, 288, 65), (CorpusFile.Accept.Count, CorpusFile.Reject.Count, CorpusFile.Free.Count));
        Assert.Empty(
            CorpusFile
                .All.GroupBy(document => document.Name)
                .Where(group => group.Count() > 1)
                .Select(group => group.Key)
        );
        Assert.Empty(
            CorpusFile
                .All.GroupBy(document => Convert.ToHexString(document.Bytes))
                .Where(group => group.Count() > 1)
                .Select(group => group.Key)
        );
    }

    [Fact]
    public void What_every_reader_must_accept_is_taken_at_every_door() =>
        AssertAnswers(CorpusFile.Accept, (_, answer) => answer.IsTaken);

    [Fact]
    public void What_is_not_JSON_is_refused_at_every_door() =>
        AssertAnswers(
            CorpusFile.Reject,
            (_, answer) => !answer.IsTaken && answer.Rule is (null or OcppRule.MalformedJson or OcppRule.InvalidText)
        );

    [Fact]
    public void What_the_RFC_leaves_open_is_done_as_listed_at_every_door()
    {
        foreach (Door door in Door.All)
        {
            foreach (CorpusDocument document in CorpusFile.Free)
            {
                Answer answer = door.Read(document.Bytes);
                OcppRule? expected =
                    document.Expected == OcppRule.DuplicateProperty && !door.SeesDuplicates ? null : document.Expected;
                Assert.True(answer.IsTaken == expected is null, $"{door}: {document}");
                Assert.True(answer.Rule is null || answer.Rule == expected, $"{door}: {answer.Rule} for {document}");
            }
        }
    }

    [Fact]
    public void All_doors_that_name_a_rule_name_the_same()
    {
        foreach (CorpusDocument document in CorpusFile.All)
        {
            OcppRule?[] rules =
            [
                .. Door
                    .All.Select(door => door.Read(document.Bytes).Rule)
                    .OfType<OcppRule>()
                    .Distinct()
                    .Select(rule => (OcppRule?)rule),
            ];
            Assert.True(rules.Length <= 1, $"{string.Join(", ", rules)} for {document}");
        }
    }

    [Fact]
    public void Utf8JsonReader_takes_the_same_but_for_what_is_listed()
    {
        var stricter = new List<string>();
        foreach (CorpusDocument document in CorpusFile.All)
        {
            bool isTaken = Door.All[0].Read(document.Bytes).IsTaken;
            bool isTakenThere = ReadsAllTokens(document.Bytes, readTexts: false);
            Assert.False(isTaken && !isTakenThere, $"Taken here only: {document}");
            if (isTakenThere && !isTaken)
            {
                stricter.Add(document.Name);
            }
        }

        Assert.Equal(CorpusFile.Stricter, stricter);
    }

    [Fact]
    public void Utf8JsonReader_that_is_asked_for_each_text_takes_the_same_but_for_duplicates()
    {
        foreach (CorpusDocument document in CorpusFile.All)
        {
            Answer answer = Door.All[0].Read(document.Bytes);
            bool expected = answer.IsTaken || answer.Rule == OcppRule.DuplicateProperty;
            Assert.True(expected == ReadsAllTokens(document.Bytes, readTexts: true), document.ToString());
        }
    }

    [Fact]
    public void What_is_taken_is_the_value_that_JsonDocument_reads_and_is_written_as_it_was()
    {
        foreach (CorpusDocument document in CorpusFile.All)
        {
            foreach (Door door in Door.All)
            {
                if (door.Read(document.Bytes).Value is { } value)
                {
                    string text = Encoding.UTF8.GetString(document.Bytes).Trim(' ', '\t', '\r', '\n');
                    Assert.True(text == value.GetRawText(), $"{door}: {document}");
                    AssertWritten(value, document);
                }
            }
        }
    }

    [Fact]
    public void A_text_is_the_text_that_GetString_yields()
    {
        int texts = 0;
        foreach (CorpusDocument document in CorpusFile.All)
        {
            string? expected = Oracle.ReadString(document.Bytes);
            Assert.Equal(
                expected,
                document.Bytes is [(byte)'"', ..]
                    ? Valid(Scanner.ReadString(document.Bytes, out OcppViolation? violation), violation)
                    : null
            );
            texts += expected is null ? 0 : 1;
        }

        output.WriteLine($"{texts} texts");
        Assert.True(texts > 100);
    }

    [Fact]
    public void As_a_payload_of_its_own_a_document_is_malformed_where_it_is_not_JSON_and_nowhere_else()
    {
        foreach (CorpusDocument document in CorpusFile.All)
        {
            // One level more fits, for here the document is the payload itself.
            bool isJson = ReadsAllTokens(document.Bytes, readTexts: true, MaxDepth + 1);
            IReadOnlyList<OcppViolation> all = OcppJson.Check<DataTransferRequest>(document.Bytes);
            Assert.NotEmpty(all);
            bool isMalformed = all.Any(violation =>
                violation.Rule is OcppRule.MalformedJson or OcppRule.InvalidText or OcppRule.Depth
            );
            Assert.True(isJson != isMalformed, $"{string.Join(' ', all)}: {document}");
        }
    }

    [Fact]
    public void A_document_cut_anywhere_gets_the_verdict_of_Utf8JsonReader_at_every_door()
    {
        int cuts = 0;
        foreach (CorpusDocument document in CorpusFile.All.Where(document => document.Bytes.Length is > 1 and < 100))
        {
            for (int length = 0; length < document.Bytes.Length; length++)
            {
                byte[] cut = document.Bytes[..length];
                bool isJson = ReadsAllTokens(cut, readTexts: true);
                foreach (Door door in Door.All)
                {
                    Answer answer = door.Read(cut);
                    bool isRight = isJson
                        ? answer.IsTaken || answer.Rule == OcppRule.DuplicateProperty
                        : !answer.IsTaken;
                    Assert.True(isRight, $"{door}: {length} bytes of {document}");
                }

                cuts++;
            }
        }

        output.WriteLine($"{cuts} cuts");
        Assert.True(cuts > 1000);
    }

    [Theory]
    [InlineData("%()", "")]
    [InlineData("a%00%7F%fFz", "6100 7FFF 7A")]
    [InlineData("%(3*ab)c", "6162 6162 6162 63")]
    [InlineData("%(2*x%(2*%20)%0A)", "78 2020 0A 78 2020 0A")]
    public void The_spelling_of_a_document_is_understood(string spelling, string bytes) =>
        Assert.Equal(
            Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)),
            CorpusFile.Decode(spelling)
        );

    private static void AssertAnswers(
        IReadOnlyList<CorpusDocument> documents,
        Func<CorpusDocument, Answer, bool> isRight
    )
    {
        foreach (Door door in Door.All)
        {
            foreach (CorpusDocument document in documents)
            {
                Answer answer = door.Read(document.Bytes);
                Assert.True(isRight(document, answer), $"{door}: {answer.Rule} for {document}");
            }
        }
    }

    private static void AssertWritten(JsonElement value, CorpusDocument document)
    {
        var request = new DataTransferRequest { VendorId = "v", Data = value };
        if (request.Validate() is [OcppViolation violation])
        {
            // What is nested deeper may be read and not written: a value does not know how deep it stands.
            Assert.True(
                violation is { Rule: OcppRule.Depth, Path: "/data" }
                    && document.Name.Contains("63 deep", StringComparison.Ordinal),
                document.ToString()
            );
            return;
        }

        byte[] written = OcppJson.ToUtf8Bytes(request);
        Assert.True(OcppJson.TryParse(written, out DataTransferRequest? again, out _), document.ToString());
        Assert.True(request == again, document.ToString());
        Assert.Equal(written, OcppJson.ToUtf8Bytes(again));
    }

    private static string? Valid(string? text, OcppViolation? violation) => violation is null ? text : null;

    private static bool ReadsAllTokens(byte[] json, bool readTexts, int maxDepth = MaxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read())
            {
                if (readTexts && reader.TokenType is (JsonTokenType.String or JsonTokenType.PropertyName))
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is GetString's way to refuse what is no Unicode.
            return false;
        }
    }
}
