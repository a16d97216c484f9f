"""What a manifest of schema 2 says of methods, points and heads (docs/pack.md sections 3 to 5)."""

SQUASH = {"width": 224, "height": 224, "fit": "squash", "resize": 0,
          "mean": [0.485, 0.456, 0.406], "deviation": [0.229, 0.224, 0.225]}


def token_methods(experts: int, token_width: int, hyper_width: int, golden: list[dict]) -> dict:
    """Sections of the three methods that send tokens or what becomes tokens; one encoder serves all."""
    tofc = {"encoder": "encoder", "analysis": "hyper_analysis", "tables": "codec/tables.bin", "hyper": "codec/hyper.bin",
            "experts": experts, "tokenWidth": token_width, "hyperWidth": hyper_width, "golden": golden}
    return {"tofc": tofc, "raw": {"encoder": "encoder"}, "image": {"encoder": "encoder"}}


def tofc_point(number: int, name: str, clusters: int, step: float, scale_shift: int) -> dict:
    return {"id": number, "name": name, "method": "tofc",
            "knobs": {"clusters": clusters, "neighbours": 5, "step": step, "scaleShift": scale_shift}}


def language_head(weights, vocabulary: int, texts: tuple[str, str, str], stop: list[int], golden: list[dict]) -> dict:
    """The head "words". ``weights``: sizes of the decoder; ``texts``: prefix, separator, suffix of a prompt."""
    prefix, separator, suffix = texts
    return {"name": "words", "kind": "language", "settings": {
        "projector": "projector", "embedding": "embed_tokens", "decoder": "decoder", "tokenizer": "tokenizer.json",
        "prefix": prefix, "separator": separator, "suffix": suffix, "stopTokens": list(stop),
        "layers": len(weights.layers), "kvHeads": weights.kv_heads, "headWidth": weights.head_width,
        "hidden": weights.hidden, "vocabulary": vocabulary, "maxTokens": weights.max_tokens, "golden": golden}}


def labels_head(name: str, graph: str = "classify", labels: str = "labels.txt") -> dict:
    return {"name": name, "kind": "labels", "settings": {"graph": graph, "labels": labels}}


def patches_method(classifier: str, temperature: float, golden: list[dict], transform: str = "", labels: str = "labels.txt") -> dict:
    """The section of the method patches."""
    out = {"classifier": classifier, "labels": labels, "temperature": round(float(temperature), 4)}
    return out | ({"transform": transform} if transform else {}) | ({"golden": golden} if golden else {})


def patches_point(number: int, name: str, eta: float, amount: float, code: str, **knobs) -> dict:
    """A point that keeps the share `amount` of the scores, or as `rule` says; other knobs where they are not the absent value."""
    return {"id": number, "name": name, "method": "patches", "knobs": {"eta": eta, "amount": amount, "code": code, **knobs}}


def patches_head(name: str, graph: str, temperature: float, labels: str = "labels.txt") -> dict:
    return {"name": name, "kind": "patch-labels",
            "settings": {"graph": graph, "labels": labels, "temperature": round(float(temperature), 4)}}
