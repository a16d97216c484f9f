/** A bad link on the command line. */
package dev.tandem.cli.relay;
