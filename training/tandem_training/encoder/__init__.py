"""The vision encoder: its network, what teaches it, and its graph."""
