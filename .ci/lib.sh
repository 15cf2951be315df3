# shellcheck shell=bash
# What the steps share: counting, the folder for their files, and the packages under test.

export CI=true
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# One compiler for all projects, which is compiled itself only once; also where the environment turns it off.
export UseSharedCompilation=true
# The time of the files in packages, so that packing the same commit again yields the same bytes.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
version=0.1.0-ci.$(date +%s)
suffix=${version#0.1.0-}
work=$(mktemp -d)
trap 'dotnet build-server shutdown --vbcscompiler > /dev/null; rm -rf "$work"' EXIT
passed=0
failed=0

# Failures are printed again before the sum, so that the end of a long log shows them.
failures=$work/failures
: > "$failures"

# The longest that one command may take, in seconds: one that hangs fails, and the rest is still checked.
limit=1500

# limited COMMAND...: ends the command with all that it has begun once its time is up; prints also its errors. For a
# subshell: it turns on job control, whose own words are dropped.
limited() {
  set -m
  "$@" < /dev/null 2>&1 &
  local command=$!
  { sleep "$limit" && echo "ended after $limit s" && kill -KILL -- "-$command"; } &
  local watch=$!
  wait "$command"
  local status=$?
  kill -KILL -- "-$watch" && wait "$watch"
  return "$status"
} 2> /dev/null

# check NAME COMMAND...: one step, by its exit code
check() {
  local name=$1 log=$work/check.log start=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  limited "$@" | tee "$log"
  if [ "${PIPESTATUS[0]}" -eq 0 ]; then
    passed=$((passed + 1))
    printf -- '-- passed in %d s: %s\n' $((SECONDS - start)) "$name"
  else
    failed=$((failed + 1))
    printf -- '-- FAILED in %d s: %s\n' $((SECONDS - start)) "$name" | tee -a "$failures"
    tail -n 40 "$log" >> "$failures"
  fi
}

# count Passed|Failed LOG: the sum over the test assemblies of a log
count() { grep -oE "$1: +[0-9]+" "$2" | awk '{ sum += $2 } END { print sum + 0 }'; }

# tests NAME ARGUMENTS...: a run of dotnet test, whose tests are counted; a run of none has failed
tests() {
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  local log=$work/test.log ok bad
  limited dotnet test "$@" | tee "$log"
  local status=${PIPESTATUS[0]}
  ok=$(count Passed "$log")
  bad=$(count Failed "$log")
  passed=$((passed + ok))
  failed=$((failed + bad))
  if [ "$bad" -gt 0 ]; then
    printf -- '-- %d FAILED: %s\n' "$bad" "$name" | tee -a "$failures"
    grep -E -A 20 '^ *Failed ' "$log" | head -n 100 >> "$failures"
  fi
  if [ "$ok" -eq 0 ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
    failed=$((failed + 1))
    printf -- '-- FAILED: %s (exit %d)\n' "$name" "$status" | tee -a "$failures"
    tail -n 40 "$log" >> "$failures"
  fi
}

# The projects that are packed.
packages=(
  src/Ocpp.Sdk
  src/Ocpp.Sdk.V16
  src/Ocpp.Sdk.V201
  src/Ocpp.Sdk.V21
  src/Ocpp.Sdk.AspNetCore
  src/Ocpp.Sdk.Orleans
  src/Ocpp.Sdk.Certificates
  src/Ocpp.Sdk.Certificates.V16
  src/Ocpp.Sdk.Certificates.V201
  src/Ocpp.Sdk.Certificates.V21
  src/Ocpp.Sdk.Certificates.Sqlite
  src/Ocpp.Sdk.Certificates.PostgreSql
  src/Ocpp.Sdk.Certificates.Hosting
  src/Ocpp.Sdk.Stations
  src/Ocpp.Sdk.Stations.V16
  src/Ocpp.Sdk.Stations.V201
  src/Ocpp.Sdk.Stations.V21
  src/Ocpp.Sdk.Testing
  generators/Ocpp.Generators
  src/Ocpp.Tool
  templates
)

pack() {
  local project
  for project in "${packages[@]}"; do
    dotnet pack "$project" -c Release -v quiet -p:VersionSuffix="$suffix" || return 1
  done
  ls artifacts/packages
}

native_tools() {
  command -v clang > /dev/null && command -v curl > /dev/null && [ -e /usr/include/zlib.h ] && return 0
  apt-get -o Acquire::Retries=3 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -y -qq clang curl zlib1g-dev > "$work/apt.log" 2>&1 \
    || { cat "$work/apt.log"; return 1; }
}

# The tests of the PostgreSQL store start one of their own: elsewhere they are skipped where there is none, here not.
postgresql() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb && return 0
  apt-get -o Acquire::Retries=3 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -y -qq postgresql > "$work/apt.log" 2>&1 \
    || { cat "$work/apt.log"; return 1; }
}

# Programs of several nodes start a Redis of their own.
redis() {
  command -v redis-server && return 0
  apt-get -o Acquire::Retries=3 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -y -qq redis-server > "$work/apt.log" 2>&1 \
    || { cat "$work/apt.log"; return 1; }
}

# none_skipped: of the last run of tests
none_skipped() {
  local skipped
  skipped=$(count Skipped "$work/test.log")
  echo "$skipped tests were skipped"
  [ "$skipped" -eq 0 ]
}

# needs_build, needs_native_tools, needs_postgresql, needs_redis: for a step that is run without the step "build"
needs_build() {
  [ -n "${is_built:-}" ] || check 'build' dotnet build Sdk.sln -v quiet
  is_built=1
}

needs_native_tools() {
  [ -n "${has_native_tools:-}" ] || check 'tools for native publishing, and curl' native_tools
  has_native_tools=1
}

needs_postgresql() {
  [ -n "${has_postgresql:-}" ] || check 'PostgreSQL, for the tests of its store' postgresql
  has_postgresql=1
}

needs_redis() {
  [ -n "${has_redis:-}" ] || check 'Redis, for the programs of several nodes' redis
  has_redis=1
}

# sum_up: prints the failures and, as the last line, the sum; its exit code is 0 if nothing failed.
sum_up() {
  if [ -s "$failures" ]; then
    printf '\n== what failed\n'
    cat "$failures"
  fi
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

formatting() { dotnet tool restore && dotnet csharpier check .; }
