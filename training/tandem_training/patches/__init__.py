"""The method patches: classifiers on both ends, what of a picture travels, and its patch codec, as docs/ have them."""
