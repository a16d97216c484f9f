# Sourced by test.sh. The Python environment in .tandem/venv, which the training tests run in.

# Made anew when what it needs changes. The mark is written last: a folder without it is half made, and is thrown away.
make_venv() {
  local wanted mark="$state/venv/tandem-requirements" log="$state/venv.log"
  wanted=$(sha256sum <"$root/training/pyproject.toml")
  [ -r "$mark" ] && [ "$(<"$mark")" = "$wanted" ] && return 0
  if [ -e "$state/venv" ] && [ ! -e "$mark" ]; then
    echo "tandem: the Python environment in $state/venv is half made; it is made anew"
  fi
  echo "tandem: making the Python environment in $state/venv (once; PyTorch alone is some gigabytes)"
  mkdir -p "$state"
  fill_venv "$log" || { pip_began "$log" && again "$log"; } || return 1
  printf '%s' "$wanted" >"$mark"
}

again() {
  echo "tandem: pip broke half-way [$(pip_words "$1")]; trying once more"
  fill_venv "$1"
}

fill_venv() {
  rm -rf "$state/venv"
  if ! python3 -m venv "$state/venv" >"$1" 2>&1; then
    venv_problem="missing capability: python3 -m venv (on Debian: apt install python3-venv); see $1"
    return 1
  fi
  "$state/venv/bin/python" -m pip install --disable-pip-version-check "$root/training[test]" >>"$1" 2>&1 && return 0
  venv_problem="missing capability: the packages of training/pyproject.toml; pip said [$(pip_words "$1")]; see $1"
  pip_began "$1" || venv_problem="missing capability: the packages of training/pyproject.toml (no network?); see $1"
  return 1
}

# Whether pip has got at least one package, so that it is not the network that is missing.
pip_began() {
  grep -qE '^ *(Downloading|Using cached) ' "$1"
}

pip_words() {
  { grep -E '^ *ERROR' "$1" || tail -n 1 "$1"; } | tail -n 1
}
