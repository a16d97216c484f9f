"""The stages of the two methods that send a latent map, bottleneck and squeeze: rungs, packs, and what they are worth."""
