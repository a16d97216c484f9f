#!/usr/bin/env bash
# Everything that needs a card, in one go: native/tests/gpu.sh [BUILD] [RESULTS]
#   BUILD    build folder (default native/build/gpu); a libtandem_cuda, unit_cuda and cuda_bench already built there are
#            used where there is no nvcc
#   RESULTS  file to write (default docs/results/cuda.md)
# Runs the tests of label gpu, once more under compute-sanitizer (memcheck, racecheck) where it is installed, and the
# benchmark. Ends with 1 if anything failed or no device was found.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(realpath -m "${1:-$here/build/gpu}")
results=$(realpath -m "${2:-$here/../docs/results/cuda.md}")

if cmake -S "$here" -B "$build" -DTANDEM_BENCH_CUDA=ON && grep -q '^TANDEM_NVCC:FILEPATH=/' "$build/CMakeCache.txt"; then
  cmake --build "$build" --parallel "$(nproc)" --target tandem_cuda unit_cuda cuda_bench
fi
unit=$(find "$build" -name unit_cuda -type f -perm -u+x | head -1)
bench=$(find "$build" -name cuda_bench -type f -perm -u+x | head -1)
[ -n "$unit" ] && [ -n "$bench" ] || { echo "gpu.sh: no nvcc, and no built unit_cuda and cuda_bench in $build" >&2; exit 1; }

failed=0
mkdir -p "$(dirname "$results")"
section() { # title, command...: its output, and whether it succeeded
  local title=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    echo "- $title: FAILED"
    failed=1
  elif grep -q "skipped: missing capability: CUDA device" "$log"; then
    echo "- $title: SKIPPED, no CUDA device"
    failed=1
  else
    echo "- $title: passed"
  fi
  grep -E "tests ran|PASSED|FAILED|compared|ERROR SUMMARY|RACECHECK SUMMARY" "$log" | sort -u | head -20 | sed 's/^/      /' || true
  rm -f "$log"
}
{
  echo "# CUDA on a card"
  echo
  echo "\`native/tests/gpu.sh\`, $(date -u +%Y-%m-%d), commit $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  echo
  nvidia-smi --query-gpu=name,driver_version,clocks.max.sm,clocks.max.mem --format=csv,noheader | sed 's/^/    /' || true
  echo
  section "tests" "$unit"
  if sanitizer=$(command -v compute-sanitizer || ls /usr/local/cuda/bin/compute-sanitizer 2>/dev/null); then
    # The full sizes take too long under a tool; every kernel and tail is in the others.
    section "memcheck" "$sanitizer" --tool memcheck --error-exitcode 9 "$unit" --gtest_filter='-*full_size'
    section "racecheck" "$sanitizer" --tool racecheck --error-exitcode 9 "$unit" --gtest_filter='-*full_size'
  else
    echo "- memcheck, racecheck: skipped: missing capability: compute-sanitizer"
  fi
  echo
  "$bench" || { failed=1; echo "cuda_bench FAILED"; }
} >"$results.part"
mv "$results.part" "$results"
cat "$results"
exit "$failed"
