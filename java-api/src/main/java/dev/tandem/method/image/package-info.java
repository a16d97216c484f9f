/** The method {@code image}: the picture itself, coded by a library; the classic peer (docs/methods.md). */
package dev.tandem.method.image;
