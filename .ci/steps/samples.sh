# shellcheck shell=bash
# The programs of the README.

sample() { dotnet run --project samples/CertificateSigning; }

sample_with_openssl_csr() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/O=Example Charging/CN=CS-0042' \
    -keyout "$work/key.pem" -out "$work/csr.pem" 2> "$work/openssl.log" || { cat "$work/openssl.log"; return 1; }
  dotnet run --no-build --project samples/CertificateSigning -- --csr "$work/csr.pem"
}

# A CSMS in one process, and stations of OCPP 1.6, 2.0.1 and 2.1, and one that offers all three, in others: each gets its
# certificate, by the messages of its version, and the CSMS shuts down in order on SIGTERM. Then no server listens at that
# address, which a station reports in one line.
samples_as_processes() {
  local log=$work/csms.log deadline=$((SECONDS + 60)) csms url version boot failed=0
  dotnet samples/Csms/bin/Debug/net10.0/Csms.dll --urls http://127.0.0.1:0 --open --root "$work/root.pem" --data "$work/csms" > "$log" 2>&1 &
  csms=$!
  until url=$(grep -oE 'ws://.+/ocpp/' "$log"); do
    if ! kill -0 "$csms" 2> /dev/null || [ "$SECONDS" -ge "$deadline" ]; then
      cat "$log"
      kill "$csms"
      return 1
    fi
    sleep 0.1
  done

  for version in 1.6 2.0.1 2.1 all; do
    case $version in 1.6) boot=chargePointVendor ;; *) boot=chargingStation ;; esac
    set -- --url "${url}CS-$version" --root "$work/root.pem" --data "$work/stations"
    [ "$version" = all ] || set -- "$@" --ocpp "$version"
    dotnet run --no-build --project samples/Station -- "$@" > "$work/station.log" && grep -q "$boot" "$work/station.log" || failed=1
    cat "$work/station.log"
  done
  kill "$csms" && wait "$csms" && [ "$failed" -eq 0 ] || { cat "$log"; return 1; }

  dotnet run --no-build --project samples/Station -- --url "${url}CS-1" --root "$work/root.pem" --data "$work/stations" 2> "$work/station.err"
  [ $? -eq 1 ] && cat "$work/station.err" && [ "$(wc -l < "$work/station.err")" -eq 1 ]
}

needs_build
check 'README: the sample' sample
check 'the sample with a CSR of openssl' sample_with_openssl_csr
check 'README: the samples as processes, in three versions' samples_as_processes
