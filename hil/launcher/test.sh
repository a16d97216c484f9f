# Sourced by ./tandem. `./tandem test`: Java and C++ tests through Maven, then the training smoke in Python.

test_usage() {
  cat <<MESSAGE
Usage: ./tandem test [--no-python | --python] [Maven arguments]
Runs every test: mvn verify (Java, and the C++ tests through CMake when there is a compiler), then Python's
(pytest and the training smoke). Python is skipped, by name, when python3 or its packages cannot be had;
--python makes that a failure, --no-python skips it always.
MESSAGE
}

run_tests() {
  local python=auto arguments=()
  while [ $# -gt 0 ]; do
    case "$1" in
      -h | --help) test_usage; return 0 ;;
      --no-python) python=no ;;
      --python) python=yes ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  find_jdk
  find_maven
  run_maven verify ${arguments[@]+"${arguments[@]}"}
  case "$python" in
    no) echo "tandem: training tests SKIPPED: --no-python was given" ;;
    *) run_python_tests "$python" ;;
  esac
}

# Ends the run when Python was asked for, otherwise says what was missing.
python_missing() {
  if [ "$1" = yes ]; then
    echo "tandem: training tests cannot run: $2" >&2
    exit 69
  fi
  echo "tandem: training tests SKIPPED: $2"
}

run_python_tests() {
  local python=${TANDEM_PYTHON-}
  if [ -z "$python" ]; then
    command -v python3 >/dev/null || { python_missing "$1" "missing capability: python3 on PATH"; return 0; }
    make_venv || { python_missing "$1" "$venv_problem"; return 0; }
    python="$state/venv/bin/python"
  fi
  rm -rf "$state/smoke"
  (cd "$root/training" && "$python" -m tandem_training smoke --out "$state/smoke")
  (cd "$root/training" && "$python" -m pytest)
}

# The environment is kept in .tandem/venv and made anew when what it needs changes.
make_venv() {
  local wanted mark="$state/venv/tandem-requirements" log="$state/venv.log"
  wanted=$(sha256sum <"$root/training/pyproject.toml")
  [ -r "$mark" ] && [ "$(<"$mark")" = "$wanted" ] && return 0
  echo "tandem: making the Python environment in $state/venv (once; PyTorch alone is some gigabytes)"
  mkdir -p "$state"
  if ! python3 -m venv "$state/venv" >"$log" 2>&1; then
    venv_problem="missing capability: python3 -m venv (on Debian: apt install python3-venv); see $log"
    return 1
  fi
  if ! "$state/venv/bin/python" -m pip install --disable-pip-version-check "$root/training[test]" >>"$log" 2>&1; then
    venv_problem="missing capability: the packages of training/pyproject.toml (no network?); see $log"
    return 1
  fi
  printf '%s' "$wanted" >"$mark"
}
