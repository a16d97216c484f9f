/** The one command line that a checkout's launcher runs: every command in one place. Nothing depends on it. */
package dev.tandem.cli;
