# Sourced by ./tandem. `./tandem test`: Java and C++ tests through Maven, then the training smoke in Python.

# shellcheck source=cli/launcher/skipped.sh
. "$root/cli/launcher/skipped.sh"
# shellcheck source=cli/launcher/python.sh
. "$root/cli/launcher/python.sh"

test_usage() {
  cat <<MESSAGE
Usage: ./tandem test [--no-python | --python] [Maven arguments]
Runs every test: mvn verify (Java, and the C++ tests through CMake when there is a compiler), then Python's
(pytest and the training smoke). Python is skipped, by name, when python3 or its packages cannot be had;
--python makes that a failure, --no-python skips it always. The last lines say what was skipped and why.
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
  mkdir -p "$state"
  : >"$state/test.start"
  : >"$state/pytest.log"
  python_skipped=
  tags=$(sed -n 's:.*<excludedGroups>\([a-z,]*\)</excludedGroups>.*:\1:p' "$root/pom.xml" | head -n 1)
  case " ${arguments[*]-} " in *" -DexcludedGroups="*) tags= ;; esac
  run_maven verify ${arguments[@]+"${arguments[@]}"}
  case "$python" in
    no) python_skipped="--no-python was given" ;;
    *) run_python_tests "$python" ;;
  esac
  say_skipped
}

# The end of the run; kept in .tandem/skipped.txt as well, for who runs more than these tests.
say_skipped() {
  {
    if [ -n "$tags" ]; then echo "Java tests with a tag of $tags: -DexcludedGroups= runs them too"; fi
    skipped_java "$root" "$state/test.start"
    skipped_native "$root/native/target/build/Testing/Temporary/LastTest.log" "$state/test.start"
    if [ -n "$python_skipped" ]; then echo "all training tests: $python_skipped"; else skipped_python "$state/pytest.log"; fi
  } >"$state/skipped.txt"
  if [ -s "$state/skipped.txt" ]; then
    echo "tandem: all tests that ran passed; SKIPPED:"
    sed 's/^/tandem:   /' "$state/skipped.txt"
  else
    echo "tandem: all tests passed, none was skipped"
  fi
}

# Ends the run when Python was asked for, otherwise notes what was missing.
python_missing() {
  if [ "$1" = yes ]; then
    echo "tandem: training tests cannot run: $2" >&2
    exit 69
  fi
  python_skipped=$2
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
  (cd "$root/training" && "$python" -m pytest -rs) | tee "$state/pytest.log"
}
