"""The stages that put everything together: training in one loop, packs, the smoke test."""
