/** What a pack is, and whether it works here. */
package dev.tandem.cli.model;
