# shellcheck shell=bash
# The programs of the README.

sample() { dotnet run --project samples/CertificateSigning; }

sample_with_openssl_csr() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/O=Example Charging/CN=CS-0042' \
    -keyout "$work/key.pem" -out "$work/csr.pem" 2> "$work/openssl.log" || { cat "$work/openssl.log"; return 1; }
  dotnet run --no-build --project samples/CertificateSigning -- --csr "$work/csr.pem"
}

# start_csms OPTION...: a CSMS as a process; sets csms and url
start_csms() {
  local deadline=$((SECONDS + 60))
  dotnet samples/Csms/bin/Debug/net10.0/Csms.dll --urls http://127.0.0.1:0 --root "$work/root.pem" --data "$work/csms" "$@" > "$work/csms.log" 2>&1 &
  csms=$!
  until url=$(grep -oE 'ws://.+/ocpp/' "$work/csms.log"); do
    if ! kill -0 "$csms" 2> /dev/null || [ "$SECONDS" -ge "$deadline" ]; then
      cat "$work/csms.log"
      kill "$csms"
      return 1
    fi
    sleep 0.1
  done
}

# stop_csms: it shuts down in order on SIGTERM
stop_csms() { kill "$csms" && wait "$csms" || { cat "$work/csms.log"; return 1; }; }

# station IDENTITY OPTION...: a station as a process
station() {
  dotnet run --no-build --project samples/Station -- --url "$url$1" --root "$work/root.pem" --data "$work/stations" "${@:2}"
}

# Stations of OCPP 1.6, 2.0.1 and 2.1, and one that offers all three: each gets its certificate, by the messages of its
# version. Then no server listens at that address, which a station reports in one line.
samples_as_processes() {
  local version boot failed=0
  start_csms --open || return 1
  for version in 1.6 2.0.1 2.1 all; do
    case $version in 1.6) boot=chargePointVendor ;; *) boot=chargingStation ;; esac
    set -- "CS-$version"
    [ "$version" = all ] || set -- "$@" --ocpp "$version"
    station "$@" > "$work/station.log" && grep -q "$boot" "$work/station.log" || failed=1
    cat "$work/station.log"
  done
  stop_csms && [ "$failed" -eq 0 ] || { cat "$work/csms.log"; return 1; }

  station CS-1 2> "$work/station.err"
  [ $? -eq 1 ] && cat "$work/station.err" && [ "$(wc -l < "$work/station.err")" -eq 1 ]
}

# The two stations of appsettings.json: one with a password, one of OCPP 1.6 with an AuthorizationKey. A wrong key is refused.
samples_with_passwords() {
  local key=3f8a00c1e27b45d69e10fa2b8877c35d6e0419bb status=1
  start_csms || return 1
  station CS-1 --user CS-1 --password example-password && station CS-2 --ocpp 1.6 --user CS-2 --key "$key" \
    && ! station CS-2 --ocpp 1.6 --user CS-2 --key "${key/3f/3e}" 2> "$work/station.err" && grep 'HTTP 401' "$work/station.err" && status=0
  stop_csms && [ "$status" -eq 0 ]
}

# Three nodes, one of which is killed; the last line says how soon the stations were back.
several_nodes() {
  dotnet run --no-build --project samples/Cluster -- --stations 40 > "$work/cluster.log" || { cat "$work/cluster.log"; return 1; }
  cat "$work/cluster.log"
  tail -n 1 "$work/cluster.log" | grep -qE '^All 40 stations were connected [0-9.]+ s after the kill\.$'
}

needs_build
needs_postgresql
needs_redis
check 'README: the sample' sample
check 'the sample with a CSR of openssl' sample_with_openssl_csr
check 'README: the samples as processes, in three versions' samples_as_processes
check 'the samples with a password and with an AuthorizationKey' samples_with_passwords
check 'a CSMS on several nodes, of which one is killed' several_nodes
