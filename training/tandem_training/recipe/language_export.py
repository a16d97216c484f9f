"""`language-export`: projector and adapter of a checkpoint into a pack whose other parts stay what they are, byte for byte.

For what `together --still` trained: heads, methods and packs that share the encoder go on as they are. Every graph is written anew
beside the pack and held against it first; a difference in anything else is refused and changes nothing.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import torch

from ..common import amend
from ..common.packfile import PackWriter
from . import export

CHANGED = {"adapter.bin", "projector.bin"}


def write(p: export.Parts, pack: Path, version: str | None, threads: int) -> set[str]:
    """Returns the names of the files that changed, pack.json aside."""
    with tempfile.TemporaryDirectory() as made:
        fresh = PackWriter(Path(made))
        export.write_graphs(fresh, p)
        got = export.parity(fresh, p, threads)
        others = differing(fresh, pack) - CHANGED
        if others:
            raise SystemExit(f"writing projector and adapter into [{pack}]: found other {sorted(others)} in the checkpoints, needed the pack's own; "
                             "a new encoder or codec is written by `export`")
        fresh.golden_graph("projector", {"tokens": got["merged"][None]}, {"image_features": got["image"]}, 2e-3)
        export.write_texts(fresh, p, got["run"])
        changed = differing(fresh, pack)
        for name in changed:
            shutil.copyfile(fresh.folder / name, pack / name)
    into = PackWriter(pack)
    into.golden, into.written = fresh.golden, changed
    amend.add_head(into, export.language_head(fresh, p), [], version)
    return changed


def differing(fresh: PackWriter, pack: Path) -> set[str]:
    return {n for n in fresh.written if not (pack / n).is_file() or (pack / n).read_bytes() != (fresh.folder / n).read_bytes()}


def main(argv=None):
    a = argparse.ArgumentParser(prog="tandem-training language-export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--work", type=Path, required=True)
    a.add_argument("--pack", type=Path, required=True, help="changed in place")
    a.add_argument("--lmm", required=True, help="the checkpoint in the work folder that has projector and adapter")
    a.add_argument("--encoder", default="together.pt", help="the one that the pack's encoder is of")
    a.add_argument("--codec", default="together.pt")
    a.add_argument("--version", help="the pack's new version (default: as it was)")
    a.add_argument("--threads", type=int, default=2)
    a = a.parse_args(argv)
    torch.set_num_threads(a.threads)
    changed = write(export.Parts(a.work, {"encoder": a.encoder, "lmm": a.lmm, "codec": a.codec}), a.pack, a.version, a.threads)
    export.speed(a.pack, a.threads)
    print(f"{a.pack}: {len(changed)} files changed: {', '.join(sorted(changed)) or 'none'}")


if __name__ == "__main__":
    main()
