# Sourced by ./tandem and by the launchers of both distributions (they carry a copy): what Java needs of the shell.

# Ends with 69 where the system's C library is musl, as Alpine's is: our libraries, ONNX Runtime and Netty's are made for
# glibc, and what the loader says of them there helps nobody. $1 is what to call this program, $2 the system's root (tests).
c_library() {
  local loader
  for loader in "${2-}"/lib64/ld-linux-*.so.* "${2-}"/lib/ld-linux-*.so.*; do
    [ ! -e "$loader" ] || return 0
  done
  for loader in "${2-}"/lib/ld-musl-*.so.1; do
    if [ -e "$loader" ]; then
      echo "$1: cannot start: this system's C library is musl [$loader], as in Alpine; needed: glibc, for which Tandem's" \
        "libraries and ONNX Runtime's are made: use Debian, Ubuntu, Fedora or an image based on one of them" >&2
      exit 69
    fi
  done
}

# Java reads arguments and file names in the locale's charset: where that is not UTF-8, a locale is taken whose charset is.
# Bash itself tells: in UTF-8, and nowhere else, these three bytes are one character.
utf8_locale() {
  local cat=$'\xe7\x8c\xab' name had=${LC_ALL+set} before=${LC_ALL-}
  [ "${#cat}" -ne 1 ] || return 0
  for name in C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8; do
    { export LC_ALL=$name; } 2>/dev/null
    [ "${#cat}" -ne 1 ] || return 0
  done
  if [ -n "$had" ]; then { export LC_ALL=$before; } 2>/dev/null; else unset LC_ALL; fi
}

# Sets `room`: flags for a limited address space (ulimit -v), of which Java would reserve more than it uses. $1 is what to
# call this program.
address_space() {
  local kib
  room=()
  kib=$(ulimit -v)
  [ "$kib" != unlimited ] || return 0
  if [ "$kib" -lt 4194304 ]; then
    room=(-XX:CompressedClassSpaceSize=64m -XX:ReservedCodeCacheSize=64m -Xmx$((kib / 4096))m)
  fi
  if [ "$kib" -lt 1048576 ]; then
    echo "$1: the address space is limited to $((kib / 1024)) MiB (ulimit -v), 1024 or more are needed; if Java ends below," \
      "raise it, or limit memory by a cgroup instead, which counts what is used" >&2
  fi
}
