/**
 * Level 6: serving. What comes over the link is refused or decoded as it comes ({@link
 * dev.tandem.edge.serve.LinkAnswers}), waits in the one queue before the model ({@link
 * dev.tandem.edge.serve.Admission}) and is answered by a head on the one thread that owns engine, halves and heads
 * ({@link dev.tandem.edge.serve.Answerer}). Keeps out what a method or a head is: both are found, not imported.
 */
package dev.tandem.edge.serve;
