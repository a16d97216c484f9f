/** Everything that could keep Tandem from working on this machine, each in a line. Changes nothing. */
package dev.tandem.cli.doctor;
