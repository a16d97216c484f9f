# Sourced by ./tandem. find_jdk sets `jdk` to the home of a JDK of at least $needed, or ends with 69 and says where it looked.

# Prints the feature version of the JDK in $1 (25), or nothing when there is no working one.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  local version=
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
  fi
  printf '%s' "$version"
}

# The usual places, one home a line; the same ones that Maven's toolchains plugin searches.
usual_homes() {
  local home
  for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/*jdk* /opt/java /opt/jdk/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.jbang/cache/jdks/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jenv/versions/* "$HOME"/.gradle/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$home" ] && printf '%s\n' "$home"
  done
  return 0
}

# Takes the home in $2 if it will do; otherwise notes in `looked` what was found at $1.
try_home() {
  local version found
  version=$(jdk_version "$2")
  if [ -n "$version" ] && [ "$version" -ge "$needed" ]; then
    jdk=$2
    return 0
  fi
  found="no JDK"
  [ -z "$version" ] || found="JDK $version"
  looked+="  $1: $2 [$found]"$'\n'
  return 1
}

find_jdk() {
  local on_path home
  HOME=${HOME-/nonexistent}
  looked=
  if [ -n "${TANDEM_JAVA_HOME-}" ]; then
    # Named on purpose: never passed over silently for another one.
    try_home TANDEM_JAVA_HOME "$TANDEM_JAVA_HOME" && return 0
    no_jdk
  fi
  if [ -n "${JAVA_HOME-}" ]; then try_home JAVA_HOME "$JAVA_HOME" && return 0
  else looked+="  JAVA_HOME: [not set]"$'\n'; fi
  if on_path=$(command -v javac); then
    try_home PATH "$(dirname "$(dirname "$(readlink -f "$on_path")")")" && return 0
  else looked+="  PATH: [no javac]"$'\n'; fi
  while IFS= read -r home; do
    try_home 'usual place' "$home" && return 0
  done < <(usual_homes)
  no_jdk
}

no_jdk() {
  cat >&2 <<MESSAGE
tandem: cannot start: no JDK $needed or later was found. Looked at:
${looked}Needed: a JDK (with javac), version $needed or later. To install one:
  Debian, Ubuntu   apt install openjdk-25-jdk     (or temurin-25-jdk from https://adoptium.net/installation/linux)
  SDKMAN           sdk install java 25-tem
  by hand          unpack a JDK 25 under ~/.jdks or /opt
or set TANDEM_JAVA_HOME to the folder of one that is installed elsewhere.
MESSAGE
  exit 69
}
