"""The method squeeze: squeezing module, split backbone, restorer, as dev.tandem.method.squeeze and .latent run them."""
