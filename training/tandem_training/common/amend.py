"""Putting a head into a pack that is there: its graphs, files, golden vectors and provenance in pack.json, in place.

What stands there under the same name gives way, so that doing it twice gives the same bytes as doing it once.
"""

import hashlib
import json
from pathlib import Path, PurePosixPath

from . import packfile


def weights_hash(folder: Path, graph: dict) -> str:
    """SHA-256 over the weights that a graph of a pack reads: whether two packs have the same one."""
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in graph["data"])).hexdigest()


def placed(old: list[dict], new: list[dict], key) -> list[dict]:
    """`old` with each of `new` in the place of the first with its key, or behind them all."""
    fresh, out = {key(e): e for e in new}, []
    for entry in old:
        entry = fresh.get(key(entry), entry)
        if entry not in out:
            out.append(entry)
    return out + [e for e in fresh.values() if e not in out]


def add_head(pack: packfile.PackWriter, head: dict, provenance: list[dict], version: str | None = None) -> int:
    """Adds what `pack` has written and a head of one graph to its folder's manifest; returns the pack's bytes.

    A head gives way to one that has its name or reads its graph; a line of provenance to one whose `what` begins alike,
    up to the first comma and space.
    """
    return add(pack, json.loads((pack.folder / "pack.json").read_text("utf-8")), head, provenance, version)


def add_method(pack: packfile.PackWriter, name: str, section: dict, points: list[dict], head: dict, provenance: list[dict],
               version: str | None = None) -> int:
    """The same with a method's section and points, which get the least ids that no other method's point has."""
    manifest = json.loads((pack.folder / "pack.json").read_text("utf-8"))
    others = [p for p in manifest["points"] if p["method"] != name]
    taken, named = {p["id"] for p in others}, {p["name"] for p in others} & {p["name"] for p in points}
    if named:
        raise SystemExit(f"adding points of {name} to [{pack.folder}]: found the names {sorted(named)} among those of other methods")
    free = [i for i in range(1, 256) if i not in taken]
    if len(free) < len(points):
        raise SystemExit(f"adding {len(points)} points of {name} to [{pack.folder}]: found [{len(taken)}] of 255 ids taken")
    manifest["methods"][name] = section
    manifest["points"] = others + [p | {"id": i} for i, p in zip(free, points)]
    return add(pack, manifest, head, provenance, version)


def add(pack: packfile.PackWriter, manifest: dict, head: dict, provenance: list[dict], version: str | None) -> int:
    graph = head["settings"].get("graph")  # a language head has several, and is the only one of its kind
    manifest["version"] = version or manifest["version"]
    manifest["provenance"] = placed(manifest["provenance"], provenance, lambda e: e["what"].split(", ")[0])
    manifest["heads"] = placed(manifest["heads"], [head],
                               lambda h: head["name"] if h["settings"].get("graph") == graph else h["name"])
    manifest["graphs"] |= pack.graphs
    manifest["golden"] = placed(manifest["golden"], pack.golden, lambda e: e["graph"])
    files = manifest["files"] | {name: packfile.file_entry(pack.folder, name) for name in pack.written}
    manifest["files"] = {name: files[name] for name in sorted(files, key=lambda n: PurePosixPath(n).parts)}
    return pack.manifest(manifest)
