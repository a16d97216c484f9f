"""The method bottleneck: encoder, factorised prior, bands, as dev.tandem.method.bottleneck and .latent have them."""
