#!/usr/bin/env bash
# Reads what an audit of packages said on standard input and decides: 1 and the packages' names where one is known to be vulnerable, else 0. A source that has
# no data or does not answer is said in one line: a build without the network must be possible, and must not look audited.
#   audit.sh nuget CODE [DATA] < output of "dotnet list package --vulnerable --include-transitive"
#   audit.sh npm   CODE        < output of "npm audit --json"
# CODE is the exit code of that command; 124 is that of a time limit. DATA is "none" where no source offers vulnerability data: the command says
# "has no vulnerable packages" all the same then.
set -euo pipefail

kind=$1 code=$2 data=${3:-}
text=$(cat)

unanswered() {
  echo "$kind: the package source gave no vulnerability data ($1); nothing was audited"
  exit 0
}

case $kind in
  nuget)
    # > Name   Requested   Resolved   Severity   Advisory URL; a transitive package has no Requested.
    found=$(awk '/^ *> / && / (Low|Moderate|High|Critical) / { print "  " $2, $(NF - 2), $(NF - 1), $NF }' <<< "$text" | sort -u)
    if [ -n "$found" ]; then
      printf 'nuget: vulnerable packages:\n%s\n' "$found"
      exit 1
    fi
    [ "$code" -ne 124 ] || unanswered "no answer in time"
    [ "$data" != none ] || unanswered "it offers none"
    ! grep -q 'NU1900\|NU1905\|Unable to load the service index' <<< "$text" || unanswered "$(grep -m 1 -o 'NU1900\|NU1905\|Unable to load the service index' <<< "$text")"
    [ "$code" -eq 0 ] || unanswered "code $code"
    grep -q -i 'has no vulnerable packages' <<< "$text" || unanswered "an answer of an unknown form"
    echo "nuget: no vulnerable package"
    ;;
  npm)
    [ "$code" -ne 124 ] || unanswered "no answer in time"
    verdict=$(node -e '
      let text = ""
      process.stdin.on("data", part => text += part).on("end", () => {
        let report
        try { report = JSON.parse(text) } catch { return console.log("unanswered an answer that is no JSON") }
        if (report.error || !report.vulnerabilities) return console.log("unanswered " + (report.error?.code || report.statusCode || "no list"))
        for (const [name, found] of Object.entries(report.vulnerabilities)) console.log("found " + name + " " + found.range + " " + found.severity)
      })' <<< "$text")
    case $verdict in
      unanswered*) unanswered "${verdict#unanswered }" ;;
      found*) printf 'npm: vulnerable packages:\n%s\n' "$(sed 's/^found /  /' <<< "$verdict" | sort -u)"; exit 1 ;;
      *) echo "npm: no vulnerable package" ;;
    esac
    ;;
  *)
    echo "audit.sh: '$kind' is neither nuget nor npm" >&2
    exit 2
    ;;
esac
