/**
 * Picture files by their segments, chunks and boxes: how many of their bytes both ends could know beforehand. Reads
 * lengths only; decodes nothing, and knows no points.
 */
package dev.tandem.hil.eval.picture;
