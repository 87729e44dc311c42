#!/usr/bin/env bash
# What a user gets: build the sdist, the wheel out of the sdist, install that into an empty environment with nothing
# but its own dependencies, and run the demo, a document, and the founding text where it lies beside the checkout.
#
#   scripts/check_wheel.sh [PYTHON]      PYTHON has hatchling; default .venv/bin/python
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
python=$(realpath -s "${1:-.venv/bin/python}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { "$python" -m hatchling build -t "$1" -d "$work" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }; }
build sdist
mkdir "$work/source"
tar -xzf "$work"/nlp_reform-*.tar.gz -C "$work/source" --strip-components 1
(cd "$work/source" && build wheel)
"$python" -m venv "$work/empty"
"$work/empty/bin/python" -m pip --disable-pip-version-check install --quiet --constraint constraints.txt "$work"/nlp_reform-*.whl 2>&1 |
    grep -v "^WARNING" || true

cd "$work" # nothing of the checkout is in reach
run() { "$work/empty/bin/nlp-reform" "$@"; }
run --version
run demo -o demo >/dev/null
test "$(find demo/json -name '*.json' | wc -l)" -eq 5
run extract "$root/corpora/societies-demo/raw/2019.txt" --format csv -o tables/ --quiet
test -s tables/targets.csv
for seed in "$root"/../shared/seeds/*.txt; do
    [ -e "$seed" ] || { echo "../shared is not here: the founding text was not read"; continue; }
    run extract "$seed" -o seed.json --quiet
    "$work/empty/bin/python" -c "import json; found = json.load(open('seed.json')); assert len(found['directives']) == 30, found"
done
echo "the wheel works in an empty environment"
