/**
 * Level 3: pictures in memory: read from a file within limits, turned upright, resized, normalised into a tensor,
 * written. The only package that touches ImageIO and AWT. Knows no model and no camera; sizes and means are its
 * callers'.
 */
package dev.tandem.image;
