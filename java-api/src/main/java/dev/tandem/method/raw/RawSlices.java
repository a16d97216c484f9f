package dev.tandem.method.raw;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.TokenRanks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Tokens as float16 slices (docs/bitstream.md section 11). */
final class RawSlices {
    static final byte KIND = 'r';
    private static final int HEADER = 1 + 2 + 2 + 2;
    private static final int MAX_TOKENS = 4096;

    private RawSlices() {
    }

    static List<byte[]> write(float[] tokens, int count, int width, int operatingId, SliceLimits limits) {
        long token = (long) width * Short.BYTES;
        int fit = (int) ((limits.payloadBytes() - 1 - HEADER - PlainSlice.CRC_BYTES) / token);
        if (fit < 1 || count > MAX_TOKENS) {
            throw new IllegalArgumentException("sending [" + count + "] raw tokens of width " + width
                    + " in slices of at most [" + limits.payloadBytes() + "] bytes; needed at most " + MAX_TOKENS
                    + " tokens and " + (token + 1 + HEADER + PlainSlice.CRC_BYTES)
                    + " bytes, so that a slice holds a token: raise the slice limit");
        }
        int each = Math.min(fit, Math.max(1, count / Math.min(limits.minSlices(), count)));
        List<byte[]> slices = new ArrayList<>();
        for (int rank = 0; rank < count; rank += each) {
            int held = Math.min(each, count - rank);
            ByteBuffer slice = PlainSlice.start(KIND, 1 + HEADER + held * width * Short.BYTES);
            slice.put((byte) operatingId).putShort((short) rank).putShort((short) held).putShort((short) count);
            for (int i = rank * width; i < (rank + held) * width; i++) {
                slice.putShort(half(tokens[i]));
            }
            slices.add(PlainSlice.seal(slice));
        }
        return slices;
    }

    /** The slice behind its kind, its check sum right. */
    static ByteBuffer open(byte[] slice) {
        return PlainSlice.open(slice, KIND, HEADER);
    }

    /** The header, behind which the tokens remain; refuses numbers that cannot be. */
    static TokenRanks ranks(ByteBuffer slice, int width) {
        int id = slice.get() & 0xff;
        int rank = slice.getShort() & 0xffff;
        int held = slice.getShort() & 0xffff;
        int total = slice.getShort() & 0xffff;
        long token = (long) width * Short.BYTES;
        if (held < 1 || rank + held > total || total > MAX_TOKENS || slice.remaining() != held * token) {
            throw new CorruptBitstreamException("slice", 2, "ranks below a total of at most " + MAX_TOKENS + " and "
                    + token + " bytes a token",
                    "rank " + rank + ", " + held + " of " + total + " tokens in " + slice.remaining() + " bytes");
        }
        return new TokenRanks(id, rank, held, total);
    }

    static DecodedSlice read(byte[] slice, int width) {
        ByteBuffer buffer = open(slice);
        TokenRanks ranks = ranks(buffer, width);
        float[] values = new float[buffer.remaining() / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(buffer.getShort());
        }
        return new DecodedSlice(ranks.operatingPoint(), ranks.firstRank(), ranks.count(), ranks.total(), values);
    }

    private static short half(float value) {
        short half = Float.floatToFloat16(value);
        if (!Float.isFinite(Float.float16ToFloat(half))) {
            throw new IllegalStateException("sending the token value [" + value
                    + "] as float16; needed a finite number of at most 65504: the encoder graph is damaged");
        }
        return half;
    }
}
