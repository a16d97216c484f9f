/**
 * Generation on the edge: projector, token embedding, splice, decoder with a key-value cache, tokenizer, sampling,
 * streamed words. Works on any pack whose graphs have the shapes of a Hugging Face export (projector, embed_tokens,
 * decoder with past). Knows no socket and starts no thread; a {@link dev.tandem.edge.lmm.LanguageModel} belongs to the
 * thread that opened it.
 */
package dev.tandem.edge.lmm;
