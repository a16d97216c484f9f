/**
 * The method {@code raw}: tokens as float16 without coding, the yardstick of what coding saves (docs/methods.md).
 */
package dev.tandem.method.raw;
