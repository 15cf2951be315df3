# shellcheck shell=bash
# Other implementations, many stations, a CSMS that is killed, two sessions.

check 'another implementation, both ways' bash tests/conformance/Ocpp.Interop/run.sh
check 'a real certificate authority, cfssl' bash tests/conformance/Ocpp.Interop/cfssl.sh
check 'many stations, with connections cut' dotnet run -c Release --project tests/system/Ocpp.Soak -- 200 15
check 'a CSMS that is killed while it gets certificates' dotnet run -c Release --project tests/system/Ocpp.CertificateKill -- --stations 10 --kills 5
check 'two sessions, ten thousand schedules' dotnet run -c Release --project tests/system/Ocpp.Stress -- --schedules 10000
