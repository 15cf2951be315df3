# shellcheck shell=bash
# The packages, and programs outside the solution that use them.

# pack has made them here; made in another folder, from a clean clone, they must be the same, byte by byte.
same_packages_elsewhere() {
  local elsewhere=$work/some/other/folder origin package same=0 other=0
  git clone --quiet . "$elsewhere" || return 1

  # Where the repository comes from stands in the packages.
  if origin=$(git remote get-url origin 2> /dev/null); then
    git -C "$elsewhere" remote set-url origin "$origin"
  else
    git -C "$elsewhere" remote remove origin
  fi
  (cd "$elsewhere" && pack > "$work/elsewhere.log" 2>&1) || { cat "$work/elsewhere.log"; return 1; }
  for package in artifacts/packages/*."$version".*nupkg; do
    if cmp "$package" "$elsewhere/$package"; then same=$((same + 1)); else other=$((other + 1)); fi
  done
  echo "$same packages are the same, $other are not"
  [ "$same" -gt 0 ] && [ "$other" -eq 0 ]
}

# The projects outside the solution are copied out of the repository, so that the packages are all they have.
smoke_project() {
  rm -rf "$work/smoke" && mkdir -p "$work/smoke/tests/packaging" "$work/smoke/artifacts" \
    && cp -r tests/packaging/PackageSmoke tests/packaging/AotSmoke "$work/smoke/tests/packaging/" && cp -r artifacts/packages "$work/smoke/artifacts/" \
    && find "$work/smoke" \( -name bin -o -name obj \) -type d -prune -exec rm -rf {} +
}

smoke() { dotnet run --project "$work/smoke/tests/packaging/PackageSmoke/$1" -p:OcppVersion="$version" -- "${@:2}"; }

# Each line of the program that names a diagnostic of constants gets it, once, although several packages depend on the one that brings the analyzer.
constants_are_checked() {
  local project=$work/smoke/tests/packaging/PackageSmoke/Constants found
  dotnet build "$project" -p:OcppVersion="$version" -p:RunAnalyzers=true --no-incremental > "$work/constants.log" || { cat "$work/constants.log"; return 1; }

  # The summary repeats the warnings.
  sed -i '/^Build succeeded/,$d' "$work/constants.log"
  grep warning "$work/constants.log"
  found=$(sed -nE 's/.*Program\.cs\(([0-9]+),[0-9]+\): warning (OCPP1[0-9]{2}):.*/\1:\2/p' "$work/constants.log" | sort -n)
  [ -n "$found" ] && [ "$found" = "$(grep -noE 'OCPP1[0-9]{2}' "$project/Program.cs")" ]
}

edited_limit_is_followed() {
  local vendor=$work/smoke/tests/packaging/PackageSmoke/Vendor
  sed -i 's/"maxLength": 40/"maxLength": 61/' "$vendor/schemas/TariffAnnouncement.json"
  smoke Vendor 61 && grep -q 'at most 61 characters' "$vendor"/bin/Debug/net10.0/Vendor.xml
}

broken_schema_is_named() {
  local vendor=$work/smoke/tests/packaging/PackageSmoke/Vendor
  sed -i 's/"maxLength": 61/"maxLength": 61,/' "$vendor/schemas/TariffAnnouncement.json"
  dotnet build "$vendor" -p:OcppVersion="$version" -v quiet > "$work/broken.log" && return 1
  grep -m1 'TariffAnnouncement.json(11,5): error OCPP001' "$work/broken.log" || { cat "$work/broken.log"; return 1; }
}

# publish_and_run PROJECT [ARGUMENT...]; AllMessages has the messages of the version that "messages" names
publish_and_run() {
  dotnet publish "$work/smoke/tests/packaging/AotSmoke/$1" -c Release -v quiet -p:OcppVersion="$version" -p:OcppMessages="${messages:-}" -o "$work/$1" \
    > "$work/publish.log" 2>&1
  local status=$?
  cat "$work/publish.log"
  [ "$status" -eq 0 ] && ! grep -qE 'IL[0-9]{4}' "$work/publish.log" && "$work/$1/$1" "${@:2}"
}

# The command as a user installs it: it finds the one broken frame of two.
installed_tool() {
  dotnet tool install Ocpp.Tool --tool-path "$work/tool" --add-source artifacts/packages --version "$version" || return 1
  printf '%s\n' '[2,"1","Heartbeat",{}]' '10:00:01 CP-1 > [2,"2","SignCertificate",{"csr":5}]' > "$work/frames.log"
  "$work/tool/ocpp" check "$work/frames.log" > "$work/found.log"
  [ $? -eq 1 ] && grep 'SignCertificate request "2": TypeConstraintViolation: /csr' "$work/found.log"
}

# until_log FILE PATTERN PID: waits until a log has a line; fails if the process ends before, or after 120 seconds
until_log() {
  local deadline=$((SECONDS + 120))
  until grep -qE "$2" "$1"; do
    if ! kill -0 "$3" 2> /dev/null || [ "$SECONDS" -ge "$deadline" ]; then
      echo "no line with '$2' in $1:"
      cat "$1"
      return 1
    fi
    sleep 0.1
  done
}

# new_project TEMPLATE NAME: from the template package, built without a warning
new_project() {
  local folder=$work/templates/$2
  DOTNET_CLI_HOME=$work/home dotnet new "$1" -o "$folder" || return 1
  [ "$(wc -l < "$folder/Program.cs")" -le 60 ] || { echo "$folder/Program.cs is longer than 60 lines"; return 1; }
  dotnet build "$folder" -v quiet -p:RestoreAdditionalProjectSources="$PWD/artifacts/packages" -p:TreatWarningsAsErrors=true -p:WarningsNotAsErrors=NU1603
}

# api TOKEN PATH [ARGUMENT...]: a request to the REST API of the CSMS
api() { curl -sk --noproxy '*' --max-time 60 -H "Authorization: Bearer $1" "$url/api/stations$2" "${@:3}"; }

# The station of the template charges, gets a certificate and connects with it, and answers the operator with the interval of its registration.
template_station() {
  local token=$1 station=$work/templates/MyStation log=$work/template-station.log pid status=1
  (cd "$station" && OCPP_PASSWORD=example-password exec dotnet bin/Debug/net10.0/MyStation.dll "wss://localhost:${url##*:}/ocpp" CS-1) > "$log" 2>&1 &
  pid=$!
  until_log "$work/template-csms.log" 'CS-1: Ended of a transaction' "$pid" && until_log "$log" '^InUse, CsmsConnection' "$pid" \
    && api "$token" '' > "$work/api.json" && api "$token" /CS-1/signing-requests >> "$work/api.json" \
    && api "$token" /CS-1/calls/GetVariables -H 'Content-Type: application/json' \
      -d '{"getVariableData":[{"component":{"name":"OCPPCommCtrlr"},"variable":{"name":"HeartbeatInterval"}}]}' >> "$work/api.json" \
    && grep '"identity":"CS-1".*"securityProfile":3.*"state":"Delivered".*"attributeValue":"300"' "$work/api.json" && status=0
  cat "$log"
  kill "$pid"
  wait "$pid" && [ "$status" -eq 0 ]
}

# The templates as a user installs them: a CSMS and a station are created, built, and run against each other.
templates() {
  local home=$work/home csms token pid status=1
  csms=$work/templates/MyCsms
  mkdir -p "$home" "$work/templates/MyStation/roots"
  DOTNET_CLI_HOME=$home dotnet new install "artifacts/packages/Ocpp.Sdk.Templates.$version.nupkg" || return 1
  new_project ocpp-csms MyCsms && new_project ocpp-station MyStation || return 1
  HOME=$home dotnet dev-certs https --export-path "$work/templates/MyStation/roots/csms.crt.pem" --format PEM --no-password || return 1
  token=$(HOME=$home dotnet user-jwts create --project "$csms" --role operator -o token) || { echo "$token"; return 1; }
  (cd "$csms" && HOME=$home ASPNETCORE_ENVIRONMENT=Development exec dotnet bin/Debug/net10.0/MyCsms.dll --urls https://127.0.0.1:0) > "$work/template-csms.log" 2>&1 &
  pid=$!
  until_log "$work/template-csms.log" 'Now listening on: https' "$pid" || { kill "$pid"; return 1; }
  url=$(grep -oE 'https://127.0.0.1:[0-9]+' "$work/template-csms.log" | head -n 1)
  cp "$csms/data/ca/authority/root.crt.pem" "$work/templates/MyStation/roots/"
  [ "$(api none '' -o /dev/null -w '%{http_code}')" = 401 ] && template_station "$token" && status=0
  cat "$work/template-csms.log"
  kill "$pid" && wait "$pid" && [ "$status" -eq 0 ]
}

# native_growth V16 REFERENCE LIMIT: reads and writes the examples of a version; what its readers and writers add to a native app, in bytes.
native_growth() {
  local messages=$1 reference=$2 limit=$3 empty all
  [ -e "$work/Empty/Empty" ] || publish_and_run Empty "$reference" || return 1
  publish_and_run AllMessages "$reference" || return 1
  empty=$(stat -c %s "$work/Empty/Empty")
  all=$(stat -c %s "$work/AllMessages/AllMessages")
  echo "$empty bytes without messages, $all with those of $messages: $((all - empty)) more, at most $limit"
  [ $((all - empty)) -le "$limit" ]
}

package_sizes() { stat -c '%s bytes: %n' artifacts/packages/*."$version".nupkg; }

# A station with signing brings one version of OCPP and no store.
native_station() {
  publish_and_run Station || return 1
  stat -c '%s bytes: %n' "$work"/Station/* | grep -v '\.dbg$'
  [ -z "$(find "$work/Station" -iname '*sqlite*')" ]
}

needs_native_tools
check 'packages' pack
check 'the packages, by size' package_sizes
check 'the packages, made elsewhere, are the same' same_packages_elsewhere
check 'projects outside the solution' smoke_project
check 'a project with the package Ocpp.Sdk.V201' smoke Messages
check 'a project with schemas of its own' smoke Vendor 40
check 'the versions of OCPP beside each other' smoke Versions
check "a vendor's messages beside those of OCPP 2.0.1" smoke Beside
check 'constants that break a limit are warnings, from the packages' constants_are_checked
check 'an edited limit reaches all it must' edited_limit_is_followed
check 'a broken schema is named with its line and column' broken_schema_is_named
check 'the ocpp command from its package' installed_tool
check 'a CSMS and a station from their templates, against each other' templates
check 'native, without a warning' publish_and_run Native
check 'a CSMS, native, without a warning' publish_and_run Csms
check 'a station with signing, native, without a warning and without SQLite' native_station
check 'trimmed, without a warning' publish_and_run Trimmed
check 'all messages of 1.6 in a native app, by size' native_growth V16 docs/messages-1.6 790000
check 'all messages of 2.0.1 in a native app, by size' native_growth V201 docs/messages 1435000
check 'all messages of 2.1 in a native app, by size' native_growth V21 docs/messages-2.1 2175000
