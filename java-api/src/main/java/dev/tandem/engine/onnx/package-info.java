/**
 * Level 4: the engine over ONNX Runtime, through bytedeco's preset. Set-up uses its C++ mapping (Env, Session,
 * IoBinding, MemoryInfo); the two calls of the hot path, attaching a tensor and running, use the C table of the same
 * library, which answers with a status and makes no Java object that would have to be freed. No {@code Pointer} leaves
 * this package and none is left to the collector: every call stands in a PointerScope, what outlives it is kept by name
 * and closed.
 */
package dev.tandem.engine.onnx;
