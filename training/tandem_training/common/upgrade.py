"""Rewrites a pack.json of schema 1 as schema 2 (docs/pack.md), without training: the files stay as they are.

    python -m tandem_training upgrade PACK
"""

import argparse
import json
import pathlib

KNOBS = {
    "tofc": ("clusters", "neighbours", "step", "scaleShift", "slices"),
    "raw": ("clusters", "neighbours"),
    "image": ("format", "quality", "clusters", "neighbours"),
}


def upgraded(old: dict) -> dict:
    """The manifest of schema 2 that says what ``old``, of schema 1, says."""
    if old.get("schema") != 1:
        raise SystemExit(f"upgrading a pack.json of schema [{old.get('schema')}]; needed: schema 1")
    golden = old.get("golden", [])
    methods = {}
    if old.get("codec"):
        methods["tofc"] = {
            "encoder": "encoder",
            "analysis": "hyper_analysis",
            **old["codec"],
            "golden": [
                {"point": vector["operatingPoint"], **{k: vector[k] for k in ("tokens", "expert", "z", "slices") if k in vector}}
                for vector in golden
                if vector["kind"] == "codec"
            ],
        }
    methods["raw"] = {"encoder": "encoder"}
    methods["image"] = {"encoder": "encoder"}
    heads = []
    if old.get("language"):
        texts = [{k: vector[k] for k in ("prompt", "ids", "text")} for vector in golden if vector["kind"] == "text"]
        graphs = {"projector": "projector", "embedding": "embed_tokens", "decoder": "decoder"}
        heads.append({"name": "words", "kind": "language", "settings": {**graphs, **old["language"], "golden": texts}})
    return {
        "schema": 2,
        "name": old["name"],
        "version": old["version"],
        "licence": old["licence"],
        "provenance": old.get("provenance", []),
        "preprocessing": {**old["preprocessing"], "fit": "squash", "resize": 0},
        "methods": methods,
        "points": [
            {
                "id": point["id"],
                "name": point["name"],
                "method": point["method"],
                "knobs": {k: point[k] for k in KNOBS[point["method"]] if k in point},
            }
            for point in old["operatingPoints"]
        ],
        "defaultPoint": old["defaultOperatingPoint"],
        "heads": heads,
        "files": old["files"],
        "graphs": old["graphs"],
        "golden": [{k: v for k, v in vector.items() if k != "kind"} for vector in golden if vector["kind"] == "graph"],
    }


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="tandem-training upgrade", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=pathlib.Path, help="folder of the pack")
    path = parser.parse_args(arguments).pack / "pack.json"
    new = upgraded(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path}: schema 2, methods {list(new['methods'])}, heads {[head['name'] for head in new['heads']]}")


if __name__ == "__main__":
    main()
