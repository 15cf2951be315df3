#!/usr/bin/env bash
# Interop with another implementation of OCPP-J: bash tests/conformance/Ocpp.Interop/run.sh [throughput [SECONDS]]
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -d node_modules ] || npm ci --no-audit --no-fund
dotnet run --project ../../benchmarks/Ocpp.Benchmarks.ModelWriter -- ../../../schemas/ocpp-2.0.1 "$work"
dotnet build -c Release -v quiet
if [ "${1:-}" = throughput ]; then
  dotnet bin/Release/net10.0/Ocpp.Interop.dll throughput "$work" "${@:2}"
else
  dotnet bin/Release/net10.0/Ocpp.Interop.dll "$work"
fi
