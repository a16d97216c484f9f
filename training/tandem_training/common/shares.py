"""Lists of shares as commands take them: "coco=.5,flickr=.2", or by number, "8=.3,16=.7"."""


def shares(text: str, numbered: bool = False) -> dict:
    """Share by key in the order given, keys as int where `numbered`; SystemExit in words for what is no such list."""
    out = {}
    for entry in text.split(","):
        key, _, share = (part.strip() for part in entry.partition("="))
        try:
            value = float(share)
        except ValueError:
            value = -1.0
        if not key or key in out or numbered and not key.isdigit() or not 0 <= value < float("inf"):
            raise SystemExit(f"reading the shares [{text}]: found [{entry}]; needed {'NUMBER' if numbered else 'NAME'}=SHARE,... each once, "
                             f"as in {'8=.3,16=.7' if numbered else 'coco=.6,flickr=.4'}")
        out[key] = value
    if not sum(out.values()):
        raise SystemExit(f"reading the shares [{text}]: all are 0; needed one above it")
    return {int(k): v for k, v in out.items()} if numbered else out
