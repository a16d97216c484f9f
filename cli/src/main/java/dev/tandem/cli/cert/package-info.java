/** Development certificates: made, taken back, checked. */
package dev.tandem.cli.cert;
