# Sourced by ./tandem. The ahead-of-time cache: classes loaded and linked, and profiles of what ran, recorded once after a
# build, so that a command starts in a third of the time. Without it, or when it does not fit (another JDK, other jars),
# the JVM starts as ever.

aot_file="$state/tandem.aot"

# What every run of our command line is started with; a cache fits only a JVM with the same collector. Loading classes is no
# reason to collect everything: at the JVM's own 21 MB of metadata a bench did so twice in its first 65 s, for 0.4 s each.
java_flags() {
  # Quiet flags: our own native calls and those of the libraries (Netty's Unsafe, JavaCPP's loader) are meant.
  flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -XX:MetaspaceSize=96m
    -Djava.awt.headless=true -Dtandem.home="$root")
  # Our own library, where a compiler was there to build it.
  if [ -d "$root/native/target/lib" ]; then flags+=(-Dtandem.native.dir="$root/native/target/lib"); fi
  class_path="$(echo "$root"/cli/target/cli-*.jar):$(<"$classpath_file")"
}

# What answers and ends: the first compiler is enough for it, a heap that begins small, and reflection without method
# handles, each of which would be spun anew (JSON into records: a tenth of `model info`). What serves or measures keeps all.
short_flags() {
  case "${1-}" in
    device | model | cert | doctor | generate-completion | help | -* | "")
      flags+=(-XX:TieredStopAtLevel=1 -Xms24m -XX:NewSize=12m -XX:MaxNewSize=48m -Djdk.reflect.useNativeAccessorOnly=true) ;;
  esac
}

# Recorded beside the build's jars, by a rehearsal with the small pack that every checkout has.
make_aot() {
  java_flags
  if ! "$jdk/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$aot_file.new" -cp "$class_path" \
    dev.tandem.cli.TandemCommand rehearse --pack "$root/models/tiny-vqa" >"$state/aot.log" 2>&1 ||
    [ ! -s "$aot_file.new" ]; then
    echo "tandem: no ahead-of-time cache was made, commands start more slowly; see $state/aot.log" >&2
    rm -f "$aot_file.new"
    return 0
  fi
  mv -f "$aot_file.new" "$aot_file"
}

# A cache older than a jar is not named at all: the JVM would refuse it, and leave its own class sharing off besides.
use_aot() {
  [ -s "$aot_file" ] || return 0
  local newer
  newer=$(find "$root"/*/target "$root"/hil/*/target -maxdepth 1 -name '*.jar' -newer "$aot_file" -print -quit 2>/dev/null || true)
  if [ -z "$newer" ]; then flags+=(-XX:AOTCache="$aot_file" -Xlog:aot=off -Xlog:cds=off); fi
}
