# shellcheck shell=bash
# Short runs of the benchmarks.

benchmarks() {
  dotnet run -c Release --project tests/benchmarks/Ocpp.Benchmarks -- --short --json "$work/benchmarks.json" && [ -s "$work/benchmarks.json" ]
}

check 'the benchmarks run' benchmarks
check 'calls within and across nodes are measured' dotnet run -c Release --project tests/benchmarks/Ocpp.Benchmarks.Cluster -- --short
