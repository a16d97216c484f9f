/** Level 2: CUDA devices. In this version only the question whether one is there. */
package dev.tandem.cuda;
