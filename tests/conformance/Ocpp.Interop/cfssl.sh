#!/usr/bin/env bash
# A real certificate authority, cfssl, signs what stations ask a CSMS for, and openssl checks it: bash tests/conformance/Ocpp.Interop/cfssl.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
command -v cfssl > /dev/null \
  || { apt-get -o Acquire::Retries=3 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install -y -qq golang-cfssl > /dev/null; }

# An operator's root, and below it the issuing CA that the server signs with.
cat > "$work/config.json" <<'JSON'
{
  "signing": {
    "default": { "usages": ["digital signature", "client auth"], "expiry": "8760h", "backdate": "10m" },
    "profiles": {
      "issuing": { "usages": ["cert sign", "crl sign"], "expiry": "43800h", "ca_constraint": { "is_ca": true, "max_path_len": 0, "max_path_len_zero": true } }
    }
  }
}
JSON
ca() { printf '{"CN":"%s","key":{"algo":"ecdsa","size":256},"names":[{"O":"Example Charging"}]}' "$1"; }
(
  cd "$work"
  ca 'Example Root CA' | cfssl gencert -loglevel 2 -initca - | cfssljson -bare root
  ca 'Example Issuing CA' | cfssl gencert -loglevel 2 -ca root.pem -ca-key root-key.pem -config config.json -profile issuing - | cfssljson -bare issuing
  cat root.pem issuing.pem > authority.pem
)

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });')
cfssl serve -loglevel 3 -address 127.0.0.1 -port "$port" -ca "$work/issuing.pem" -ca-key "$work/issuing-key.pem" -config "$work/config.json" \
  2> "$work/server.log" &
server=$!
deadline=$((SECONDS + 30))
until (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do
  kill -0 "$server" && [ "$SECONDS" -lt "$deadline" ] || { cat "$work/server.log"; exit 1; }
  sleep 0.1
done

dotnet build samples/CertificateSigning -v quiet
sample() {
  dotnet run --no-build --project samples/CertificateSigning -- --ca cfssl --url "http://127.0.0.1:$port" --root "$work/authority.pem" "$@"
}
verify() { openssl verify -CAfile "$work/root.pem" -untrusted "$1" -purpose sslclient "$1"; }

# The whole flow: the station ends connected with the certificate of cfssl.
sample --out "$work/station.pem"
verify "$work/station.pem"

# A CSR of the openssl command line: its certificate is for its key and its subject.
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/O=Example Charging/CN=CS-0042' \
  -keyout "$work/key.pem" -out "$work/csr.pem" 2> /dev/null
sample --csr "$work/csr.pem" --out "$work/issued.pem"
verify "$work/issued.pem"
[ "$(openssl x509 -in "$work/issued.pem" -noout -pubkey)" = "$(openssl req -in "$work/csr.pem" -noout -pubkey)" ]
[ "$(openssl x509 -in "$work/issued.pem" -noout -subject)" = "$(openssl req -in "$work/csr.pem" -noout -subject)" ]
echo 'cfssl has signed through the CSMS, twice; openssl verifies both chains, and finds the key and the subject of its own CSR.'
