# shellcheck shell=bash
# A short run of the benchmarks.

benchmarks() {
  dotnet run -c Release --project tests/benchmarks/Ocpp.Benchmarks -- --short --json "$work/benchmarks.json" && [ -s "$work/benchmarks.json" ]
}

check 'the benchmarks run' benchmarks
