"""The method tofc: its codec, tables and slices, as dev.tandem.method.tofc has them."""
