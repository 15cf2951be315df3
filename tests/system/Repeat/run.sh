#!/usr/bin/env bash
# Runs the test projects that use sockets again and again, several at once on few cores, to find tests that race.
#
#   bash tests/system/Repeat/run.sh [ROUNDS]
#
# ROUNDS defaults to 10. A round is one run of each project; rounds overlap, so that AT_ONCE runs are always going, also of one
# project. By environment: AT_ONCE=5 runs, CORES=2 processors, PROJECTS="…" names of test projects, FRAMEWORK=net8.0 for the older
# runtime, MINUTES=20 for one run, OUTPUT=folder for the output of the runs that failed. PAUSES=20 works on a copy of the sources, in
# which that percentage of the statements that wait or lock pauses first, for less than PAUSE_MS=4 milliseconds.
# Ends with 0 if all runs passed, with 1 if one failed or did not end.
set -uo pipefail
cd "$(dirname "$0")/../../.."

rounds=${1:-10}
at_once=${AT_ONCE:-5}
cores=${CORES:-2}
read -ra projects <<< "${PROJECTS:-Ocpp.Sdk.Tests Ocpp.Sdk.AspNetCore.Tests Ocpp.Sdk.Certificates.Tests Ocpp.Certification.Tests}"
options=()
if [ -n "${FRAMEWORK:-}" ]; then
  options=(-p:TestFramework="$FRAMEWORK")
fi
minutes=${MINUTES:-20}
if ! [[ $rounds =~ ^[1-9][0-9]*$ ]]; then
  echo "usage: bash tests/system/Repeat/run.sh [ROUNDS]" >&2
  exit 2
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
output=${OUTPUT:-$work/failures}
mkdir -p "$output"
results=$work/results
: > "$results"

if [ -n "${PAUSES:-}" ]; then
  mkdir "$work/copy"
  git ls-files -z --cached --others --exclude-standard | tar --null --files-from - --create | tar --extract --directory "$work/copy"
  node tests/system/Repeat/pauses.mjs "$work/copy" || exit 1
  export PAUSE_PERCENT=$PAUSES
  options+=(-p:RunAnalyzersDuringBuild=false)
  cd "$work/copy"
fi

for project in "${projects[@]}"; do
  if ! dotnet build tests/*/"$project" ${options[@]+"${options[@]}"} > "$work/build.log" 2>&1; then
    cat "$work/build.log"
    echo "$project does not build." >&2
    exit 1
  fi
done

# The first processors that this process may use.
pin=()
if command -v taskset > /dev/null; then
  allowed=$(awk '/^Cpus_allowed_list/ { print $2 }' /proc/self/status | tr , '\n' \
    | while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done | head -n "$cores" | paste -sd,)
  pin=(taskset -c "$allowed")
fi

# run PROJECT ROUND: one run, and a line of its result
run() {
  local project=$1 round=$2 log=$work/$1.$2.log start=$SECONDS status result=passed
  timeout --kill-after=30 "$((minutes * 60))" ${pin[@]+"${pin[@]}"} \
    dotnet test tests/*/"$project" --no-build ${options[@]+"${options[@]}"} > "$log" 2>&1
  status=$?
  if [ "$status" -ne 0 ] || ! grep -qE 'Passed: +[1-9]' "$log"; then
    result=failed
    mv "$log" "$output/"
    printf -- '-- %s, round %d, exit %d: %s\n' "$project" "$round" "$status" "$output/$(basename "$log")"
    grep -E '^ +Failed ' "$output/$(basename "$log")" | sort -u
  else
    rm -f "$log"
  fi

  printf '%s %s %d\n' "$project" "$result" $((SECONDS - start)) >> "$results"
}

for ((round = 1; round <= rounds; round++)); do
  for project in "${projects[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "$at_once" ]; do
      wait -n
    done

    run "$project" "$round" &
  done
done
wait

printf '\n%-34s %6s %6s %6s %14s\n' project runs passed failed "longest (s)"
for project in "${projects[@]}"; do
  awk -v project="$project" '
    $1 == project { runs++; count[$2]++; if ($3 > longest) longest = $3 }
    END { printf "%-34s %6d %6d %6d %14d\n", project, runs, count["passed"], count["failed"], longest }' "$results"
done

expected=$((rounds * ${#projects[@]}))
passed=$(grep -c ' passed ' "$results")
echo
if [ "$passed" -eq "$expected" ]; then
  echo "All $expected runs passed."
  rm -rf "$work"
else
  echo "$((expected - passed)) of $expected runs failed; their output is in $output."
  exit 1
fi
