/**
 * Level 4: a folder of graphs, tables and golden vectors, and the checks that make it safe to use. Runs nothing.
 * docs/pack.md is normative.
 */
package dev.tandem.pack;
