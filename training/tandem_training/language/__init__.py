"""The frozen language model, its adapter, and its graphs."""
