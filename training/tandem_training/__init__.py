"""Recipes that turn public weights and labelled pictures into a Tandem pack."""
