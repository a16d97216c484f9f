package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.Pool;
import dev.tandem.entropy.RansCoder;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.SliceOutcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Codes the tokens of a picture into slices and back (docs/bitstream.md, section 6). Each slice stands alone: any subset decodes to the tokens it holds. Immutable and safe for
 * several threads.
 */
public final class SliceCodec {
    static final int CHECK_BYTES = 4;
    static final int MOST_BYTES = 65_535;
    private static final int LEAST_BYTES = SliceHeader.LEAST_BYTES + 8 + CHECK_BYTES;

    private final CodecModel model;
    private final RansCoder coder;
    private final Quantiser quantiser;
    private final TokenBufferPool pool = new TokenBufferPool();
    private final Pool<TokenDecoder> decoders;

    /** A codec for one model, with the fastest entropy coder of this machine. */
    public SliceCodec(CodecModel model) {
        this(model, RansCoder.of(model.tables()));
    }

    /** A codec for one model with a given coder over its tables. */
    public SliceCodec(CodecModel model, RansCoder coder) {
        this(model, coder, Quantiser.best());
    }

    /** The plain Java codec, oracle of every other, as far as the model's own hyper-synthesis is plain. */
    public static SliceCodec plain(CodecModel model) {
        return new SliceCodec(model, RansCoder.reference(model.tables()), new ReferenceQuantiser());
    }

    private SliceCodec(CodecModel model, RansCoder coder, Quantiser quantiser) {
        if (coder.tables() != model.tables()) {
            throw new IllegalArgumentException("the coder was made for other tables than the model's");
        }
        this.model = model;
        this.coder = coder;
        this.quantiser = quantiser;
        decoders = new Pool<>(() -> new TokenDecoder(model, quantiser, pool));
    }

    /**
     * Codes a picture's tokens, the most important first. Slices hold neighbouring ranks, are of nearly equal size, and as few as the limits allow.
     *
     * @param step one of the model's operating points
     * @return slices of at most {@code limits.payloadBytes()} each, in rank order
     * @throws IllegalArgumentException for latents that do not fit the model, a value that is not finite, an operating point that the model does not have, or a single token that does not
     *         fit the payload
     */
    public List<byte[]> encode(TokenLatents latents, OperatingStep step, SliceLimits limits) {
        if (!model.steps().contains(step)) {
            throw new IllegalArgumentException("cannot code with " + step + "; the model has " + model.steps());
        }
        TokenBuffers buffers = pool.take(latents.count());
        try (RansCoder.Writer writer = coder.writer()) {
            return slices(QuantisedTokens.of(model, quantiser, latents, step, buffers), step, limits, writer);
        } finally {
            pool.give(buffers);
        }
    }

    private List<byte[]> slices(QuantisedTokens tokens, OperatingStep step, SliceLimits limits,
            RansCoder.Writer writer) {
        SliceCut cut = tokens.tokens().cut;
        cut.choose(tokens, limits);
        while (true) {
            byte[][] slices = new byte[cut.slices()][];
            int made = 0;
            while (made < slices.length) {
                byte[] slice = slice(tokens, step, writer, cut.from(made), cut.from(made + 1));
                if (slice.length <= limits.payloadBytes()) {
                    slices[made++] = slice;
                } else if (cut.from(made + 1) - cut.from(made) == 1) {
                    throw new IllegalArgumentException("token [" + cut.from(made) + "] alone takes a slice of ["
                            + slice.length + "] bytes; the payload is [" + limits.payloadBytes()
                            + "]; raise it or use a coarser step than [" + step.step() + "]");
                } else {
                    break;
                }
            }
            if (made == slices.length) {
                return Collections.unmodifiableList(Arrays.asList(slices));
            }
            cut.finer();
        }
    }

    private byte[] slice(QuantisedTokens tokens, OperatingStep step, RansCoder.Writer writer, int from, int to) {
        int header = SliceHeader.bytes(from, to - from, tokens.count());
        byte[] slice = tokens.stream(writer, from, to, header, CHECK_BYTES);
        SliceHeader.write(slice, step.id(), from, to - from, tokens.count());
        int check = check(slice, tokens.tokens().crc);
        for (int i = 0; i < CHECK_BYTES; i++) {
            slice[slice.length - CHECK_BYTES + i] = (byte) (check >>> 8 * i);
        }
        return slice;
    }

    /**
     * Decodes one slice; the operating point is looked up in the model by the id in the header.
     *
     * @param slice exactly one slice, only read
     * @throws CorruptBitstreamException for anything that is not a whole, undamaged slice of this model
     */
    public DecodedSlice decode(byte[] slice) {
        TokenDecoder decoder = decoders.take();
        try {
            open(slice, decoder, 0);
            decoder.decode(coder);
            if (!decoder.slice(0).good()) {
                throw decoder.slice(0).failure;
            }
            return decoder.slice(0).decoded();
        } finally {
            give(decoder);
        }
    }

    /**
     * Decodes some slices side by side, which is faster than one after another. A damaged one does not harm the others.
     *
     * @param slices only read; of one picture or of several
     * @return what became of each, in their order
     */
    public List<SliceOutcome> decodeAll(List<byte[]> slices) {
        SliceOutcome[] outcomes = new SliceOutcome[slices.size()];
        TokenDecoder decoder = decoders.take();
        try {
            for (int i = 0; i < outcomes.length; i++) {
                try {
                    open(slices.get(i), decoder, i);
                } catch (CorruptBitstreamException e) {
                    outcomes[i] = new SliceOutcome(null, e);
                }
            }
            decoder.decode(coder);
            for (int s = 0; s < decoder.size(); s++) {
                SliceStream slice = decoder.slice(s);
                outcomes[slice.place] = slice.good()
                        ? new SliceOutcome(slice.decoded(), null)
                        : new SliceOutcome(null, slice.failure);
            }
        } finally {
            give(decoder);
        }
        return Collections.unmodifiableList(Arrays.asList(outcomes));
    }

    private void give(TokenDecoder decoder) {
        decoder.clear();
        decoders.give(decoder);
    }

    /** Checks everything of a slice but its stream and hands it on. */
    private void open(byte[] slice, TokenDecoder to, int place) {
        if (slice.length < LEAST_BYTES || slice.length > MOST_BYTES) {
            throw corrupt(0, LEAST_BYTES + ".." + MOST_BYTES + " bytes", slice.length);
        }
        int end = slice.length - CHECK_BYTES;
        int check = 0;
        for (int i = 0; i < CHECK_BYTES; i++) {
            check |= (slice[end + i] & 0xFF) << 8 * i;
        }
        int right = check(slice, to.crc);
        if (check != right) {
            throw corrupt(end, "CRC-32C 0x" + Integer.toHexString(right), "0x" + Integer.toHexString(check));
        }
        SliceStream stream = to.next();
        stream.step = step(SliceHeader.read(slice, stream));
        stream.slice = slice;
        stream.length = end - stream.from;
        stream.place = place;
        to.take();
    }

    private OperatingStep step(int id) {
        List<OperatingStep> steps = model.steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id() == id) {
                return steps.get(i);
            }
        }
        throw corrupt(1, "an operating point of " + steps, id);
    }

    private static int check(byte[] slice, CRC32C crc) {
        crc.reset();
        crc.update(slice, 0, slice.length - CHECK_BYTES);
        return (int) crc.getValue();
    }

    private static CorruptBitstreamException corrupt(int at, String expected, Object found) {
        return new CorruptBitstreamException("slice", at, expected, String.valueOf(found));
    }

    /** Bits that the model itself gives these tokens, without headers and checks. */
    public CodeLength codeLength(TokenLatents latents, OperatingStep step) {
        QuantisedTokens tokens = QuantisedTokens.of(model, quantiser, latents, step,
                new TokenBuffers(latents.count()));
        CodeLength sum = new CodeLength(0, 0, 0);
        for (int t = 0; t < tokens.count(); t++) {
            sum = sum.plus(tokens.codeLength(t));
        }
        return sum;
    }

    /** {@link CodeLength#totalBits()} of {@link #codeLength}. */
    public double idealBits(TokenLatents latents, OperatingStep step) {
        return codeLength(latents, step).totalBits();
    }
}
