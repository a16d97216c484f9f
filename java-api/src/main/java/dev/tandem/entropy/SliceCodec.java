package dev.tandem.entropy;

import java.util.List;

/** Stub. */
public final class SliceCodec {
    /** A codec for one model. */
    public SliceCodec(CodecModel model) {
    }

    /** Codes a picture's tokens into slices that each stand alone. */
    public List<byte[]> encode(TokenLatents latents, OperatingStep step, SliceLimits limits) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Decodes one slice; the operating point is looked up in the model by the id in the header.
     *
     * @throws CorruptBitstreamException for anything that is not a whole, undamaged slice of this model
     */
    public DecodedSlice decode(byte[] slice) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Bits that the model itself gives these tokens. */
    public CodeLength codeLength(TokenLatents latents, OperatingStep step) {
        throw new UnsupportedOperationException("not yet");
    }

    /** {@link CodeLength#totalBits()} of {@link #codeLength}. */
    public double idealBits(TokenLatents latents, OperatingStep step) {
        return codeLength(latents, step).totalBits();
    }
}
