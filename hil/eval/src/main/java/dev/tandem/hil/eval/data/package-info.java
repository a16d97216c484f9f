/**
 * Pictures with what is asked of them and what counts as right: from folders and ZIP files, with tables beside them or
 * with a folder a class. Keeps out models, packs and the asking itself.
 */
package dev.tandem.hil.eval.data;
