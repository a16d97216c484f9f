/**
 * Level 3: a folder of graphs, tables and golden vectors, and the checks that make it safe to use. Keeps out what a
 * method or a head means by its section, and running anything. docs/pack.md is normative.
 */
package dev.tandem.pack;
