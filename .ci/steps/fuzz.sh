# shellcheck shell=bash
# Damaged messages, and bounds of time.

check 'the fuzzer finds planted faults' dotnet run -c Release --project tests/fuzz/Ocpp.Fuzz -- --self-check
check 'damaged messages of each version, for a minute in all' dotnet run -c Release --project tests/fuzz/Ocpp.Fuzz -- --seconds 60 --seed 1
check 'time grows as the size does' dotnet run -c Release --project tests/fuzz/Ocpp.Fuzz -- --bounds
