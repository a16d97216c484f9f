"""The stages of attention-aware patches: the classifiers of both ends, the patch codec, the pack, and what it answers."""
