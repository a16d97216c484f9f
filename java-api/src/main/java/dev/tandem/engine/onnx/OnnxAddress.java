package dev.tandem.engine.onnx;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Pointer;

/** A view of an address; owns nothing and keeps nothing alive. */
final class OnnxAddress extends Pointer {
    /** A view of a segment's start, used as long as its arena is open. */
    static OnnxAddress of(MemorySegment segment) {
        return new OnnxAddress().at(segment.address());
    }

    /** Views another address from now on. */
    OnnxAddress at(long newAddress) {
        address = newAddress;
        return this;
    }
}
