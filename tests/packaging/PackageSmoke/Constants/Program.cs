// Each line that names a diagnostic must get it from the compiler, once, and no other line any.
var charging = new Ocpp.V201.DCChargingParametersType { EvMaxCurrent = 200, EvMaxVoltage = 500 };
object[] messages =
[
    new Ocpp.V16.AuthorizeRequest { IdTag = "a tag of 23 characters!" }, // OCPP101
    new Ocpp.V16.AuthorizeRequest { IdTag = "a tag of 20 letters!" },
    new Ocpp.V16.ChargingSchedulePeriod { StartPeriod = 0, Limit = 10.25m }, // OCPP104
    charging with
    {
        StateOfCharge = 101, // OCPP102
    },
    charging with
    {
        StateOfCharge = 100,
    },
    new Ocpp.V21.MeterValuesRequest { EvseId = 1, MeterValue = [] }, // OCPP103
    new Acme.Charging.ApplyTariffRequest { Tariff = "the tariff of nights, weekends and holidays" }, // OCPP101
    new Acme.Charging.ApplyTariffRequest { Tariff = "nights, weekends and holidays" },
];
Console.WriteLine(messages.Length);
