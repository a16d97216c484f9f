package dev.tandem.method;

/** A method's own part of an operating point. Immutable and equal by value, so that it may key buffers and bindings. */
public interface Knobs {
}
