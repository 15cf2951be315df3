# shellcheck shell=bash
# Texts that must agree with each other: documents, schemas, the message reference.

# No file names this machine, a registry's host, or work left undone.
clean_text() {
  ! git grep -nIE 'NotImplementedException|TODO|FIXME|HACK' -- '*.cs' '*.csproj' '*.sh' '*.props' '*.targets' ':!.ci/steps/texts.sh' \
    && ! git grep -nIE '(api\.nuget|registry\.npmjs|deb\.debian)\.' -- .
}

# Promises and rules of the specification name their tests; a test that no longer exists is an error.
named_tests_exist() {
  local name class method count=0 missing=0
  while read -r name; do
    count=$((count + 1))
    class=${name%.*} method=${name#*.}
    find tests -name "$class.cs" -exec grep -qE "(void|Task) $method\(" {} \; -print | grep -q . \
      || { echo "the documentation names $name, which is not a test"; missing=$((missing + 1)); }
  done < <(grep -ohE '`[A-Za-z0-9]+(Tests|TestCases)\.[A-Za-z0-9_]+`' docs/*.md | tr -d '`' | sort -u)
  echo "$count tests are named, $missing are missing"
  [ "$count" -gt 0 ] && [ "$missing" -eq 0 ]
}

# The tables of the protocol's facts are beside the repository where they are available; nothing else needs them.
facts() {
  if [ ! -d ../shared/facts/ocpp-2.0.1 ]; then
    echo 'no tables of facts beside the repository: nothing to compare with'
    return 0
  fi

  node tests/conformance/Facts/compare.mjs ../shared/facts/ocpp-2.0.1 schemas/ocpp-2.0.1 || return 1
  node tests/conformance/Facts/compare.mjs ../shared/facts/ocpp-2.1 schemas/ocpp-2.1 || return 1
  node tests/conformance/Facts/compare.mjs ../shared/facts/ocpp-1.6 schemas/ocpp-1.6 || return 1

  # A check must be able to fail: a changed limit and a changed default of an enumeration must be found.
  cp -r schemas/ocpp-1.6 "$work/changed16" && sed -i 's/"multipleOf": 0.1/"multipleOf": 0.2/' "$work/changed16/SetChargingProfileRequest.json" \
    && ! node tests/conformance/Facts/compare.mjs ../shared/facts/ocpp-1.6 "$work/changed16" > "$work/changed16.log" \
    && grep -q 'ChargingSchedulePeriod.limit' "$work/changed16.log" || return 1
  cp -r schemas/ocpp-2.1 "$work/changed21" && sed -i 's/"maxLength": 5500/"maxLength": 5501/' "$work/changed21/SignCertificateRequest.json" \
    && ! node tests/conformance/Facts/compare.mjs ../shared/facts/ocpp-2.1 "$work/changed21" > "$work/changed21.log" \
    && grep -q 'SignCertificateRequest.csr' "$work/changed21.log" || return 1
  cp -r schemas/ocpp-2.0.1 "$work/changed" && sed -i 's/"maxLength": 5500/"maxLength": 5501/' "$work/changed/SignCertificateRequest.json" \
    && sed -i 's/"default": "Outlet"/"default": "Body"/' "$work/changed/MeterValuesRequest.json" \
    && ! node tests/conformance/Facts/compare.mjs ../shared/facts/ocpp-2.0.1 "$work/changed" > "$work/changed.log" \
    && grep -q 'SignCertificateRequest.csr' "$work/changed.log" && grep -q 'MeterValuesRequest.json: LocationEnumType' "$work/changed.log"
}

reference() { dotnet run --no-build --project src/Ocpp.Tool -- docs "$@" --check; }

needs_build
check 'nothing is left undone, no machine is named' clean_text
check 'every link in the documents resolves' node .ci/links.mjs
check 'every test that the documentation names exists' named_tests_exist
check 'the mutations and their survivors name code and tests that exist' node tests/mutation/check.mjs
check 'the schemas are what the facts say' facts
check 'the message reference of 1.6 is fresh' reference schemas/ocpp-1.6 docs/messages-1.6 --namespace Ocpp.V16 --protocol ocpp1.6
check 'the message reference of 2.0.1 is fresh' reference schemas/ocpp-2.0.1 docs/messages
check 'the message reference of 2.1 is fresh' reference schemas/ocpp-2.1 docs/messages-2.1 --namespace Ocpp.V21 --protocol ocpp2.1
