# shellcheck shell=bash
# Other implementations, many stations, a reconnect storm, a CSMS that is killed, a cluster whose nodes are, two sessions.

plans() {
  OCPP_TEST_ROWS=1000000 dotnet test tests/unit/Ocpp.Sdk.Certificates.PostgreSql.Tests --filter PlanTests \
    --logger 'console;verbosity=detailed' | tee "$work/plans.log"
  grep -q 'what is due, of 1000000 requests' "$work/plans.log" && grep -qE '^ *Passed: 1$' "$work/plans.log"
}

needs_postgresql
needs_redis
check 'another implementation, both ways' bash tests/conformance/Ocpp.Interop/run.sh
check 'a real certificate authority, cfssl' bash tests/conformance/Ocpp.Interop/cfssl.sh
check 'many stations, with connections cut' dotnet run -c Release --project tests/system/Ocpp.Soak -- 200 15
check 'a CSMS that is killed while it gets certificates' dotnet run -c Release --project tests/system/Ocpp.CertificateKill -- --stations 10 --kills 5
check 'many stations that come back at once, and as real clients do' dotnet run -c Release --project tests/system/Ocpp.Storm -- --check
check 'a cluster: the rules of its trial find what they are for' dotnet run -c Release --project tests/system/Ocpp.Cluster -- --self-check
check 'a cluster whose nodes are killed' dotnet run -c Release --project tests/system/Ocpp.Cluster -- --nodes 3 --stations 100 --kills 3
check 'a station that is killed in a transaction' dotnet run -c Release --project tests/system/Ocpp.StationKill -- --events 200 --kills 20
check 'two sessions, ten thousand schedules' dotnet run -c Release --project tests/system/Ocpp.Stress -- --schedules 10000
check 'the store in PostgreSQL, a million requests' plans
