using System.Text.Json.Nodes;
using Ocpp.Rpc;
using Ocpp.Schemas.Model;
using Ocpp.Tool.Schemas;
using Ocpp.Validation;

namespace Ocpp.Tool.Reference;

/// <summary>Writes the page of a message.</summary>
internal sealed class MessagePage
{
    /// <summary>The message id of the example frames.</summary>
    private const string MessageId = "msg-001";

    private readonly SchemaFolder _schemas;
    private readonly Message _message;
    private readonly MarkdownPage _page = new();

    private MessagePage(SchemaFolder schemas, Message message)
    {
        _schemas = schemas;
        _message = message;
    }

    public static string Write(SchemaFolder schemas, Message message)
    {
        var page = new MessagePage(schemas, message);
        page.WriteHead();
        page.WritePayloads();
        page.WriteTypes();
        page.WriteErrors();
        return page._page.ToString();
    }

    private void WriteHead()
    {
        _page.Block(ReferencePages.Notice);
        _page.Heading(1, Markdown.Text(_message.Name));
        _page.Block(
            $"[All messages]({IndexPage.File})"
                + (_message.Sender is null ? "" : $" · sent by {SenderText.Of(_message.Sender)}")
        );
        WriteDescription(_message.Request);
    }

    private void WritePayloads()
    {
        if (_message.Response is not { } response)
        {
            _page.Heading(2, "Payload");
            JsonObject example = WritePayload(_message.Request);
            if (_message.IsAction)
            {
                WriteFrame([(int)OcppMessageType.Send, MessageId, _message.Name, example]);
            }

            return;
        }

        _page.Heading(2, "Request");
        WriteFrame([(int)OcppMessageType.Call, MessageId, _message.Name, WritePayload(_message.Request)]);
        _page.Heading(2, "Response");
        WriteDescription(response);
        WriteFrame([(int)OcppMessageType.CallResult, MessageId, WritePayload(response)]);
    }

    /// <returns>The example.</returns>
    private JsonObject WritePayload(ObjectModel payload)
    {
        _page.Block($"In C# {Markdown.Code(payload.Name)}.");
        WriteFields(payload);
        _page.Block("An example:");
        JsonObject example = ExamplePayload.Of(_schemas, payload);
        _page.Json(ExampleText.Indented(example));
        return example;
    }

    private void WriteFrame(JsonArray frame)
    {
        _page.Block("In its frame:");
        _page.Json(ExampleText.OneLine(frame));
    }

    private void WriteTypes()
    {
        TypeModel[] types =
        [
            .. _schemas.TypesWithin(_message.Payloads).Where(type => !_message.Payloads.Contains(type.Name)),
        ];
        ObjectModel[] objects = [.. types.OfType<ObjectModel>().OrderBy(model => model.IsOpen)];
        if (objects.Length > 0)
        {
            _page.Heading(2, "Types");
        }

        foreach (ObjectModel model in objects)
        {
            _page.Heading(3, model.Name);
            WriteDescription(model);
            WriteFields(model);
        }

        EnumModel[] enumerations = [.. types.OfType<EnumModel>()];
        if (enumerations.Length > 0)
        {
            _page.Heading(2, "Enumerations");
        }

        foreach (EnumModel model in enumerations)
        {
            _page.Heading(3, model.Name);
            WriteDescription(model);
            _page.Block(
                string.Join(
                    ", ",
                    model.Values.Select(value =>
                        value.Name == value.JsonName
                            ? Markdown.Code(value.JsonName)
                            : $"{Markdown.Code(value.JsonName)} (C# {Markdown.Code(value.Name)})"
                    )
                )
            );
        }
    }

    private void WriteErrors()
    {
        (OcppRule Rule, string Places)[] errors = ErrorTable.Of(_schemas, _message.Request);
        if (errors.Length == 0)
        {
            return;
        }

        _page.Heading(2, "Errors");
        bool isOneWay = _message is { IsAction: true, Response: null };
        _page.Block(
            $"Beside the [errors of every message]({IndexPage.File}#errors), a "
                + $"{(isOneWay ? "message" : "request")} can break these rules"
                + (isOneWay ? ". A SEND is never answered, but its violations carry the codes:" : ":")
        );
        _page.Table(ErrorTable.Head, errors.Select(error => ErrorTable.Row(error.Rule, error.Places)));
    }

    private void WriteDescription(TypeModel type)
    {
        if (type.Description.Length > 0)
        {
            _page.Block(Markdown.Text(type.Description));
        }
    }

    private void WriteFields(ObjectModel model)
    {
        if (model.Properties.Count == 0)
        {
            _page.Block("No fields.");
        }
        else
        {
            _page.Table(["field", "", "type", "C#", "meaning"], _schemas.InReadingOrder(model).Select(Field));
        }

        if (model.IsOpen)
        {
            _page.Block("Further fields of any name and form are kept, in C# as `AdditionalProperties`.");
        }
    }

    private string[] Field(PropertyModel property)
    {
        IEnumerable<string> absent = property.Default is null
            ? []
            : [$"absent means {Markdown.Code(WireDefault(property))}"];
        return
        [
            Markdown.Code(property.JsonName),
            property.IsRequired ? "required" : "optional",
            string.Join(", ", [TypeOf(property.Value), .. LimitText.Of(property.Value), .. absent]),
            Markdown.Code(CSharp.Declaration(property)),
            Markdown.Text(property.Description),
        ];
    }

    private static string TypeOf(ValueModel value) =>
        value.Kind switch
        {
            ValueKind.Text => "string",
            ValueKind.Integer => "integer",
            ValueKind.Decimal => "number",
            ValueKind.Boolean => "boolean",
            ValueKind.DateTime => "dateTime",
            ValueKind.Array => "list of " + TypeOf(value.Item!),
            ValueKind.Any => "any JSON",
            _ => $"[{value.TypeName}](#{value.TypeName!.ToLowerInvariant()})",
        };

    /// <summary>The default as on the wire; the model has it as C#.</summary>
    private string WireDefault(PropertyModel property) =>
        property.Value switch
        {
            { Kind: ValueKind.Enum, TypeName: { } name } => ((EnumModel)_schemas.Type(name).Type)
                .Values.Single(value => property.Default == $"{name}.{value.Name}")
                .JsonName,
            { Kind: ValueKind.Decimal } => property.Default!.TrimEnd('m'),
            _ => property.Default!,
        };
}
