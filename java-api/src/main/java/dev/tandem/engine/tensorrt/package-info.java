/**
 * Level 4: TensorRT. In this version only the question whether a usable library is there and of which version; no
 * {@link dev.tandem.engine.EngineProvider} is registered, so {@code auto} cannot choose it and nothing pretends to run
 * a graph.
 */
package dev.tandem.engine.tensorrt;
