#!/usr/bin/env bash
# Changes the code in small ways, one after the other, and sees whether a test fails: bash tests/mutation/run.sh [COMPONENT...]
# A component is a .json file beside this script; all of them by default. Works on a copy, so that no changed assembly is left here.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=${MUTATION_OUTPUT:-$work/out}
mkdir -p "$work/copy" "$out"
git ls-files -z --cached --others --exclude-standard | tar --null --files-from - --create | tar --extract --directory "$work/copy"
dotnet tool restore > /dev/null

if [ $# -eq 0 ]; then
  set -- scanner writer validation frames sessions signing
fi
reports=()
for component in "$@"; do
  project=$(node -p "require('./tests/mutation/$component.json')['stryker-config'].project.replace('.csproj', '')")
  echo "$component, by the tests of $project"
  (cd "$work/copy/tests/unit/$project.Tests" \
    && dotnet stryker --config-file "../../mutation/$component.json" --output "$out/$component" \
    --concurrency "$(nproc)" --skip-version-check > "$out/$component.log" 2>&1) \
    || { tail -30 "$out/$component.log"; exit 1; }
  reports+=("$component=$out/$component/reports/mutation-report.json")
done
node tests/mutation/report.mjs "${reports[@]}"
