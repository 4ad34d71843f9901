#!/bin/sh
# Checks the demo's contracts on their real data and writes a report of each to demo/reports.
# A promise that is missed or undecided is an answer; input that cannot be used is a failure.
set -eu
cd "$(dirname "$0")/.."
reports=demo/reports
mkdir -p "$reports"

check() {
    title=$1 report=$reports/$2.html
    shift 2
    rm -f "$report"
    printf '\n== %s\n\n' "$title"
    status=0
    .venv/bin/sextant check "$@" --html "$report" || status=$?
    case $status in
        0) answer=met ;;
        1) answer=missed ;;
        3) answer=undecided ;;
        *) echo "The check failed with exit status $status." >&2; exit 1 ;;
    esac
    [ -s "$report" ] || { echo "The check wrote no report to $report." >&2; exit 1; }
    summary="$summary
  $answer|$title|$report"
}

summary=
check "Employment pre-screen, 2015" employment-2015 demo/employment/contract.yaml
check "Employment pre-screen, 2016 to 2018" employment-2016-2018 \
    demo/employment/contract.yaml --from 2016 --to 2018
check "Recommender: Thompson sampling against random" recommender demo/recommender/contract.yaml

printf '\n== What the demo found\n'
echo "$summary" | while IFS='|' read -r answer title report; do
    [ -z "$answer" ] || printf '  %-10s %s\n             %s\n' "${answer#  }" "$title" "$report"
done
printf '\nThe contracts: demo/employment/contract.yaml, demo/recommender/contract.yaml\n'
