# Sourced by ./tandem. Builds the jars with Maven when a source is newer than they are.

# True when the jars are missing, were moved, or are older than a source.
is_stale() {
  [ -s "$classpath_file" ] || return 0
  grep -qF "$root/java-api/target/" "$classpath_file" || return 0
  local newer
  newer=$(cd "$root" && find pom.xml ./*/pom.xml hil/*/pom.xml native cmake ./*/src/main hil/*/src/main \
    -type d \( -name build -o -name target \) -prune -o -type f -newer "$classpath_file" -print -quit 2>/dev/null)
  [ -n "$newer" ]
}

build_if_stale() {
  if is_stale; then build_now; fi
}

find_maven() {
  maven=${TANDEM_MAVEN-$(command -v mvn || true)}
  [ -n "$maven" ] && [ -x "$maven" ] && return 0
  cat >&2 <<MESSAGE
tandem: cannot build: Maven was not found [looked at TANDEM_MAVEN and for mvn on PATH].
Needed: Maven 3.6.3 or later, running on any JDK from 8 up (the sources are compiled by $jdk). To install it:
  Debian, Ubuntu   apt install maven        SDKMAN   sdk install maven
MESSAGE
  exit 69
}

# Maven itself runs on whatever JDK it likes, its toolchains plugin looks for 25; the one found here is named to it as well.
run_maven() {
  JAVA25_HOME="$jdk" "$maven" -f "$root/pom.xml" -B "$@"
}

build_now() {
  find_maven
  mkdir -p "$state"
  # Two commands started at once must not build over each other.
  if command -v flock >/dev/null; then
    exec 9>"$state/build.lock"
    flock 9
    if [ "${1-}" != force ] && ! is_stale; then exec 9>&-; return 0; fi
  fi
  local log="$state/build.log" started=$SECONDS status=0
  touch "$state/build.start"
  rm -f "$aot_file" # it fits the jars that are about to change
  : >"$log"
  # The child inherits the lock: a launcher that is killed does not let a second build run into the first.
  run_maven package -DskipTests >"$log" 2>&1 &
  local child=$!
  # shellcheck disable=SC2064
  trap "kill $child 2>/dev/null || true; exit 130" INT TERM
  watch_build "$child" "$log" "$started"
  wait "$child" || status=$?
  trap - INT TERM
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  if [ "$status" -ne 0 ]; then
    grep -E '^\[ERROR\]' "$log" | head -n 30 >&2 || tail -n 30 "$log" >&2
    echo "tandem: the build failed [mvn ended with $status]; the whole log is in $log" >&2
    exit 70
  fi
  touch -r "$state/build.start" "$classpath_file"
  make_aot
  echo "tandem: built in $((SECONDS - started)) s" >&2
  if command -v flock >/dev/null; then exec 9>&-; fi
}

# One line that is rewritten on a terminal; a line a module elsewhere.
watch_build() {
  local step last=
  [ -t 2 ] || echo "tandem: building (log: $2)" >&2
  while kill -0 "$1" 2>/dev/null; do
    step=$(sed -n 's/^\[INFO\] Building \(.*[^ ]\)  *[^ ]*  *\(\[[0-9]*\/[0-9]*\]\)$/\2 \1/p' "$2" | tail -n 1)
    if [ -t 2 ]; then
      printf '\r\033[Ktandem: building %s %d s' "${step:-...}" "$((SECONDS - $3))" >&2
    elif [ "$step" != "$last" ]; then
      echo "tandem: building $step" >&2
      last=$step
    fi
    sleep 0.5
  done
}
