/**
 * Level 6: the language model as a head, found by {@link java.util.ServiceLoader}: projector, token embedding, splice,
 * decoder with a key-value cache, tokenizer, sampling, streamed words. Works on any pack whose graphs have the shapes
 * of a Hugging Face export (projector, embedding, decoder with past). Keeps out sockets and threads; a {@link
 * dev.tandem.edge.lmm.LanguageModel} belongs to the thread that opened it.
 */
package dev.tandem.edge.lmm;
