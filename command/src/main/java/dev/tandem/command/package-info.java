/**
 * Level 6: what every command line of Tandem shares: exit codes, words for failures, common options, version, progress.
 * Keeps out what one command does.
 */
package dev.tandem.command;
