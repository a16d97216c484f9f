# Sourced by test.sh. What a run of the tests left out and why, one line a reason, from what the runners have written.

# Java: the assumption that did not hold, or what @Disabled says; from the surefire reports that are newer than $2.
skipped_java() {
  find "$1" -path '*/target/surefire-reports/TEST-*.xml' -newer "$2" -exec cat {} + 2>/dev/null |
    { grep -o '<skipped.*' || true; } |
    sed -e 's/^<skipped[^>]*message="\([^"]*\)".*/\1/' -e 's/^<skipped[^>]*><!\[CDATA\[[A-Za-z0-9.]*: //' \
      -e 's/^<skipped.*/no reason given/' -e 's/&#10;.*//' \
      -e 's/^Assumption failed: //' -e 's/&quot;/"/g;s/&apos;/'"'"'/g;s/&lt;/</g;s/&gt;/>/g;s/&amp;/\&/g' |
    counted Java
}

# C++: from ctest's log $1, where it is newer than $2; a test says "skipped: why", or GoogleTest does.
skipped_native() {
  if [ ! -e "$1" ] || [ ! "$1" -nt "$2" ]; then
    echo "all C++ tests: missing capability: CMake and a C++ compiler, or ctest"
    return 0
  fi
  awk '
    /^Output:$/ { why = ""; last = ""; out = 1 }
    /^<end of output>$/ { out = 0 }
    out && /^skipped: / { why = substr($0, 10) }
    out && /^\[  SKIPPED \]/ && why == "" { why = last == "" ? "no reason given" : last }
    out && !/^\[/ && !/Skipped$/ && NF > 0 { last = $0 }
    /^Skip (return code|regular expression)/ { if (why == "") why = last }
    /end time: / { if (why != "") print why; why = "" }' "$1" | counted C++
}

# Python: from what pytest -rs wrote into $1.
skipped_python() {
  { grep -E '^SKIPPED \[[0-9]+\]' "$1" || true; } |
    sed -E 's/^SKIPPED \[([0-9]+)\] ([^ ]*: )?(.*)$/\1 Python tests: \3/;s/^1 Python tests:/1 Python test:/'
}

# Lines that are alike, with their number: "3 Java tests: missing capability: CUDA".
counted() {
  sort | uniq -c | sort -rn | while read -r number why; do
    if [ "$number" = 1 ]; then echo "1 $1 test: $why"; else echo "$number $1 tests: $why"; fi
  done
}
