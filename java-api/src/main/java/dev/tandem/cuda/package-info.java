/**
 * Level 2: CUDA. In this version only the questions whether a device is there, and whether our kernels can run on it.
 */
package dev.tandem.cuda;
