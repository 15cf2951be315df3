#!/usr/bin/env bash
# Interop with another implementation of OCPP-J: bash tests/conformance/Ocpp.Interop/run.sh
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -d node_modules ] || npm ci --no-audit --no-fund
for version in 1.6 2.0.1 2.1; do
  dotnet run --project ../../benchmarks/Ocpp.Benchmarks.ModelWriter -- "../../../schemas/ocpp-$version" "$work/ocpp$version"
done
dotnet build -c Release -v quiet
dotnet bin/Release/net10.0/Ocpp.Interop.dll "$work"
