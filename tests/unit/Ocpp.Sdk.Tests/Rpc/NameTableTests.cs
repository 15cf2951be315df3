using System.Text;
using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

/// <summary>A name is found by its bytes exactly where it is found as a text.</summary>
public sealed class NameTableTests
{
    /// <summary>Short ones and long ones, some with the same beginning, end and length, and two beyond ASCII.</summary>
    private static readonly string[] s_names =
    [
        "",
        "A",
        "AB",
        "BA",
        "Reset",
        "Heartbeat",
        "SetVariables",
        "GetVariables",
        "GetVariablesA",
        "NotifyEVChargingNeeds",
        "NotifyEVChargingSpeed",
        "12345678AAAA12345678",
        "12345678BBBB12345678",
        "12345678CCCC12345678",
        "12345678DDDD12345678",
        "Größe",
        "Übertragungsgröße",
    ];

    [Fact]
    public void Every_name_is_found()
    {
        for (int count = 0; count <= s_names.Length; count++)
        {
            NameTable<string> table = Create(s_names.Take(count));
            foreach (string name in s_names)
            {
                string? expected = Array.IndexOf(s_names, name) < count ? name : null;
                Assert.Equal(expected, table.Find(name));
                Assert.Equal(expected, table.Find(Encoding.UTF8.GetBytes(name)));
            }
        }
    }

    [Fact]
    public void What_differs_in_one_byte_is_not_found()
    {
        NameTable<string> table = Create(s_names);
        foreach (byte[] name in s_names.Select(Encoding.UTF8.GetBytes))
        {
            Assert.Null(table.Find([.. name, (byte)'x']));
            for (int i = 0; i < name.Length; i++)
            {
                byte[] other = [.. name];
                other[i] ^= 0x20;
                Assert.Null(table.Find(other));
                Assert.Null(table.Find([.. name[..i], .. name[(i + 1)..], 0]));
            }
        }
    }

    private static NameTable<string> Create(IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create(name, name)));
}
