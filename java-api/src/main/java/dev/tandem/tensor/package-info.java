/**
 * Level 1: element type, shape and off-heap memory with its kind. Describes memory that an arena (or a device
 * allocator) owns; allocates host memory from the caller's arena and nothing else.
 */
package dev.tandem.tensor;
