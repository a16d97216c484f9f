"""`smoke`: the whole recipe on drawn pictures and tiny random models; or a tiny random pack alone."""

import argparse
from pathlib import Path

from . import tiny


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training smoke", description=__doc__)
    p.add_argument("--out", type=Path, required=True, help="folder to write to")
    p.add_argument("--pack-only", action="store_true", help="write a tiny random pack and stop")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    a.out.mkdir(parents=True, exist_ok=True)
    if a.pack_only:
        print(f"{a.out}: {tiny.write(a.out, a.seed)} bytes")
        return


if __name__ == "__main__":
    main()
