# Sourced by ./tandem. `./tandem dist`: what a device and an edge get, each a folder and a .tar.gz of its own.

dist_usage() {
  cat <<MESSAGE
Usage: ./tandem dist [FOLDER]
Makes tandem-device and tandem-edge for this machine's architecture in FOLDER (default: target/dist of the checkout): libraries,
our native code, a launcher and an ahead-of-time cache, which fits the JDK that made it. Neither carries tests, evaluation
or laboratory; the device's has no edge in it. Packs are not in them: copy models/NAME beside; an edge that serves nette-bottleneck or
nette-squeeze needs the packs that it shares weights with there too.
MESSAGE
}

make_dist() {
  case "${1-}" in -h | --help) dist_usage; return 0 ;; esac
  local folder=${1:-$root/target/dist} architecture name module
  find_jdk
  find_maven
  run_maven -q -Pdist package -DskipTests -pl jetson,edge-gpu -am
  architecture=$(uname -m)
  mkdir -p "$folder"
  for name in tandem-device:jetson tandem-edge:edge-gpu; do
    module=${name#*:}
    name=${name%:*}
    rm -rf "${folder:?}/$name"
    cp -r "$root/$module/target/dist" "$folder/$name"
    rehearse_dist "$folder/$name" "$name"
    tar -C "$folder" -czf "$folder/$name-$architecture.tar.gz" "$name"
    echo "tandem: $folder/$name-$architecture.tar.gz, $(du -sm "$folder/$name" | cut -f1) MB unpacked"
  done
}

# What can be recorded without the other end: the help, and a device that finds no edge after it has looked at a picture.
rehearse_dist() {
  local log="$state/dist-aot.log" arguments=(--help)
  if [ "$2" = tandem-device ]; then
    arguments=(ask --edge 127.0.0.1:9 --lab --pack "$root/models/tiny-vqa" --deadline 1
      --image "$root/hil/eval/src/main/resources/demo/cat.jpg" --ask "What?")
  fi
  TANDEM_JAVA_HOME="$jdk" TANDEM_JAVA_OPTS="-XX:AOTCacheOutput=$1/lib/tandem.aot.new" "$1/bin/$2" "${arguments[@]}" \
    >"$log" 2>&1 || true
  if [ -s "$1/lib/tandem.aot.new" ]; then
    mv "$1/lib/tandem.aot.new" "$1/lib/tandem.aot"
  else
    echo "tandem: $2 has no ahead-of-time cache, it starts more slowly; see $log" >&2
  fi
}
