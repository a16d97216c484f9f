"""What every method needs: pictures, packs, graphs, quantised weights."""
