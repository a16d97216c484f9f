/**
 * What measurements come to, for people and for machines: intervals, quantiles, tables, plots, the machine they were
 * made on. Keeps out what was measured: no packs, no models, no links.
 */
package dev.tandem.hil.report;
