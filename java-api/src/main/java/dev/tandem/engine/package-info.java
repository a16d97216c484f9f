/**
 * Level 3: the service interface over which models run. An {@link dev.tandem.engine.EngineProvider} is found by
 * {@link java.util.ServiceLoader}; it makes an {@link dev.tandem.engine.Engine}, which opens graphs as
 * {@link dev.tandem.engine.Session}s; tensors are attached once in a {@link dev.tandem.engine.Binding} and run many
 * times. No vendor type appears here.
 */
package dev.tandem.engine;
