"""llama.cpp beside `tandem bench lm`: the same language model, the same cores, in turns in one run.

    pip install --no-deps xllamacpp                # llama.cpp as a wheel
    python edge-gpu/src/bench/llama_peer.py --gguf W/language.gguf --pack models/smol-vqa

W/language.gguf is the GGUF that the pack's frozen blocks come from (training: `language --work W`). Ours carries the
adapter and the repair of the 4-bit blocks' minima besides; llama.cpp runs the plain GGUF. Prints medians and the ratio.
"""

import argparse
import json
import statistics
import subprocess
from pathlib import Path

import xllamacpp


def peer(gguf: Path, threads: int, context: int):
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.n_ctx, params.n_parallel, params.n_gpu_layers, params.warmup = context, 1, 0, True
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity = 0
    return xllamacpp.Server(params)


def measure(server, prompt: int, tokens: int) -> dict:
    """Prefill and decode speed of one completion; the prompt is token ids, so that nothing else is counted."""
    request = {"prompt": [100 + i % 1000 for i in range(prompt)], "n_predict": tokens, "cache_prompt": False,
               "temperature": 0, "ignore_eos": True}
    timings = server.handle_completions(request)["timings"]
    if timings["predicted_n"] != tokens or timings["prompt_n"] != prompt:
        raise SystemExit(f"llama.cpp read [{timings['prompt_n']}] and wrote [{timings['predicted_n']}] tokens, "
                         f"needed {prompt} and {tokens}")
    return {"prefill": timings["prompt_per_second"], "decode": timings["predicted_per_second"]}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gguf", type=Path, required=True)
    p.add_argument("--pack", type=Path, required=True)
    p.add_argument("--tandem", default="./tandem")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--prompt", type=int, default=128)
    p.add_argument("--tokens", type=int, default=128)
    p.add_argument("--rounds", type=int, default=3, help="turns; each of ours is a process with rounds of its own")
    a = p.parse_args()
    server, found = peer(a.gguf, a.threads, a.prompt + a.tokens + 64), {"ours": [], "llama.cpp": []}
    measure(server, a.prompt, a.tokens)
    for _ in range(a.rounds):
        found["llama.cpp"].append(measure(server, a.prompt, a.tokens))
        out = subprocess.run([a.tandem, "bench", "lm", "--json", "--pack", str(a.pack), "--threads", str(a.threads),
                              "--prompt", str(a.prompt), "--tokens", str(a.tokens), "--rounds", "3"],
                             check=True, capture_output=True, text=True).stdout
        ours = json.loads(out)
        found["ours"].append({"prefill": ours["prefillTokensPerSecond"], "decode": ours["decodeTokensPerSecond"]})
    for what in ("prefill", "decode"):
        ours, theirs = (statistics.median(r[what] for r in found[k]) for k in ("ours", "llama.cpp"))
        print(f"{what}: ours {ours:.1f} tokens/s, llama.cpp {theirs:.1f}, ratio {ours / theirs:.2f}")
    print(f"{a.threads} threads, {a.prompt} tokens read, {a.tokens} written; llama.cpp of xllamacpp "
          f"{xllamacpp.__version__}, {xllamacpp.get_system_info()}")


if __name__ == "__main__":
    main()
