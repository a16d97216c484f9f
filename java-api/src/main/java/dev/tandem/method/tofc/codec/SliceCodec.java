package dev.tandem.method.tofc.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.RansCoder;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.Pool;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.SliceOutcome;
import dev.tandem.method.tokens.TokenRanks;
import dev.tandem.method.tokens.TokenSlices;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Codes the tokens of a picture into slices and back (docs/bitstream.md, section 6). Each slice stands alone: any
 * subset decodes to the tokens it holds. Immutable and safe for several threads; its owner closes it once nobody uses
 * it any more.
 */
public final class SliceCodec implements TokenSlices, AutoCloseable {
    private static final int MOST_BUFFERS = 256;
    private static final long MOST_BUFFER_BYTES = 16L << 20;
    private static final int MOST_DECODERS = 16;
    private static final long MOST_DECODER_BYTES = 1L << 20;

    private final CodecModel model;
    private final HyperSynthesis hyper;
    private final RansCoder coder;
    private final Quantiser quantiser;
    private final boolean owner;
    private final Pool<TokenBuffers> buffers = new Pool<>(MOST_BUFFERS, MOST_BUFFER_BYTES, TokenBuffers::new);
    private final Pool<TokenDecoder> decoders;

    /**
     * A codec for one model with the fastest parts of this machine, which it makes and closes.
     *
     * @param memory counts what they hold off the heap
     */
    public SliceCodec(CodecModel model, MemoryAccount memory) {
        this(model, HyperSynthesis.best(model.hyper(), memory), memory);
    }

    private SliceCodec(CodecModel model, HyperSynthesis hyper, MemoryAccount memory) {
        this(model, hyper, coder(model, hyper, memory), Quantiser.best(), true);
    }

    private SliceCodec(CodecModel model, HyperSynthesis hyper, RansCoder coder, Quantiser quantiser, boolean owner) {
        if (coder.tables() != model.tables()) {
            throw new IllegalArgumentException("the coder was made for other tables than the model's");
        }
        this.model = model;
        this.hyper = hyper;
        this.coder = coder;
        this.quantiser = quantiser;
        this.owner = owner;
        decoders = new Pool<>(MOST_DECODERS, MOST_DECODER_BYTES,
                size -> new TokenDecoder(model, hyper, quantiser, buffers));
    }

    private static RansCoder coder(CodecModel model, HyperSynthesis hyper, MemoryAccount memory) {
        try {
            return RansCoder.of(model.tables(), memory);
        } catch (RuntimeException e) {
            hyper.close();
            throw e;
        }
    }

    /** The plain Java codec, oracle of every other; it holds nothing off the heap. */
    public static SliceCodec plain(CodecModel model) {
        return plain(model, model.hyper());
    }

    /** The plain Java codec but for the network, which stays the caller's. */
    public static SliceCodec plain(CodecModel model, HyperSynthesis hyper) {
        return new SliceCodec(model, hyper, RansCoder.reference(model.tables()), new ReferenceQuantiser(), false);
    }

    /** A codec with a given network and coder over the model's tables, which stay the caller's; for comparisons. */
    public static SliceCodec over(CodecModel model, HyperSynthesis hyper, RansCoder coder) {
        return new SliceCodec(model, hyper, coder, Quantiser.best(), false);
    }

    /** The network that it runs, open as long as this codec is. */
    public HyperSynthesis hyper() {
        return hyper;
    }

    /**
     * Codes a picture's tokens, the most important first. Slices hold neighbouring ranks, are of nearly equal size, and
     * as few as the limits allow.
     *
     * @param step one of the model's operating points
     * @return slices of at most {@code limits.payloadBytes()} each, in rank order
     * @throws IllegalArgumentException for latents that do not fit the model, a value that is not finite, an operating
     *        point that the model does not have, or a single token that does not
     *         fit the payload
     */
    public List<byte[]> encode(TokenLatents latents, OperatingStep step, SliceLimits limits) {
        if (!model.steps().contains(step)) {
            throw new IllegalArgumentException("cannot code with " + step + "; the model has " + model.steps());
        }
        TokenBuffers tokens = buffers.take(latents.count());
        try (RansCoder.Writer writer = coder.writer()) {
            QuantisedTokens quantised = QuantisedTokens.of(model, hyper, quantiser, latents, step, tokens);
            return SliceMaker.make(quantised, step, limits, writer);
        } finally {
            buffers.give(tokens);
        }
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
            decoder.open(slice, 0);
            decoder.decode(coder);
            if (!decoder.slice(0).good()) {
                throw decoder.slice(0).failure;
            }
            return decoder.slice(0).decoded();
        } finally {
            give(decoder);
        }
    }

    @Override
    public TokenRanks ranks(byte[] slice) {
        SliceStream header = new SliceStream();
        SliceSeal.check(slice, SliceHeader.LEAST_SLICE, new CRC32C());
        int point = SliceHeader.read(slice, header);
        return new TokenRanks(point, header.firstRank, header.count, header.total);
    }

    /**
     * Decodes some slices side by side, which is faster than one after another. A damaged one does not harm the others.
     *
     * @param slices only read; of one picture or of several
     * @return what became of each, in their order
     */
    @Override
    public List<SliceOutcome> decodeAll(List<byte[]> slices) {
        SliceOutcome[] outcomes = new SliceOutcome[slices.size()];
        TokenDecoder decoder = decoders.take();
        try {
            for (int i = 0; i < outcomes.length; i++) {
                try {
                    decoder.open(slices.get(i), i);
                } catch (CorruptBitstreamException e) {
                    outcomes[i] = new SliceOutcome(null, e);
                }
            }
            decoder.decode(coder);
            for (int s = 0; s < decoder.taken(); s++) {
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

    /** Bits that the model itself gives these tokens, without headers and checks. */
    public CodeLength codeLength(TokenLatents latents, OperatingStep step) {
        QuantisedTokens tokens = QuantisedTokens.of(model, hyper, quantiser, latents, step,
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

    /**
     * Gives back what it holds off the heap; no call may be under way. A call after it is an
     * {@link IllegalStateException}. Closing twice does nothing.
     */
    @Override
    public void close() {
        buffers.close();
        decoders.close();
        if (owner) {
            coder.close();
            hyper.close();
        }
    }
}
