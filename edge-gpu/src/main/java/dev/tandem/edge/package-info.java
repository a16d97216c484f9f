/**
 * Level 6: the edge daemon. Listens, decodes what devices send, lets the language model answer, streams the words back.
 * One platform thread owns pack, engine sessions and model; the link's event loops never run inference.
 */
package dev.tandem.edge;
