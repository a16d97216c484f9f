"""A ViT or DeiT classifier of the library `transformers` (state dict of its version 5) as a network of the method patches.

The model is ViTForImageClassification, which is also what published DeiT checkpoints without a distillation token are.
"""

import torch

from .network import PatchVit, Shape

LINEARS = {"proj": "attention.o_proj", "fc1": "mlp.fc1", "fc2": "mlp.fc2", "norm1": "layernorm_before", "norm2": "layernorm_after"}


def network(model) -> PatchVit:
    """The model's weights, its classes read from the class token."""
    c, state = model.config, {k.split(".", 1)[1] if k.startswith(("vit.", "deit.")) else k: v for k, v in model.state_dict().items()}
    found = {"model_type": c.model_type, "hidden_act": c.hidden_act, "distillation token": "embeddings.distillation_token" in state,
             "classes": "classifier.weight" in state and "cls_classifier.weight" not in state}
    if c.model_type not in ("vit", "deit") or c.hidden_act != "gelu" or found["distillation token"] or not found["classes"]:
        raise SystemExit(f"reading a classifier of transformers: found {found}, needed a ViT or DeiT with GELU, one head of classes and "
                         "no distillation token (ViTForImageClassification; for DeiT a checkpoint like deit-tiny-patch16-224)")
    out = PatchVit(Shape(c.image_size, c.patch_size, c.hidden_size, c.num_attention_heads, c.hidden_size // c.num_attention_heads,
                         c.intermediate_size, c.num_hidden_layers, c.num_labels, 1, c.layer_norm_eps)).eval()
    with torch.no_grad():
        out.patch.weight.copy_(state["embeddings.patch_embeddings.projection.weight"].flatten(1))
        out.patch.bias.copy_(state["embeddings.patch_embeddings.projection.bias"])
        positions = state["embeddings.position_embeddings"][0]
        out.cls.copy_(state["embeddings.cls_token"].flatten() + positions[0])
        out.pos.copy_(positions[1:])
        for i, block in enumerate(out.blocks):
            for name, theirs in LINEARS.items():
                for part in ("weight", "bias"):
                    getattr(getattr(block, name), part).copy_(state[f"layers.{i}.{theirs}.{part}"])
            parts = [f"layers.{i}.attention.{k}_proj" for k in "qkv"]
            block.qkv.weight.copy_(torch.cat([state[f"{p}.weight"] for p in parts]))
            block.qkv.bias.copy_(torch.cat([state.get(f"{p}.bias", torch.zeros(c.hidden_size)) for p in parts]))
        for to, of in ((out.norm, "layernorm"), (out.head, "classifier")):
            to.weight.copy_(state[f"{of}.weight"])
            to.bias.copy_(state[f"{of}.bias"])
    return out
