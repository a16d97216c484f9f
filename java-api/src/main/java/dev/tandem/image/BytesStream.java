package dev.tandem.image;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Pieces of memory as one stream for ImageIO, not copied: a file's header is rewritten in front of pixels that stay
 * where they are. Knows whether more was wanted than there is. One thread.
 */
final class BytesStream extends ImageInputStreamImpl {
    private final ByteBuffer[] pieces;
    /** Where each piece begins in the stream; at last where the stream ends. */
    private final long[] starts;
    private int current;
    private boolean ranOut;

    BytesStream(ByteBuffer... pieces) {
        this.pieces = new ByteBuffer[pieces.length];
        starts = new long[pieces.length + 1];
        for (int i = 0; i < pieces.length; i++) {
            this.pieces[i] = pieces[i].slice();
            starts[i + 1] = starts[i] + pieces[i].remaining();
        }
    }

    /** Whether a reader asked for bytes behind the last one. */
    boolean ranOut() {
        return ranOut;
    }

    @Override
    public long length() {
        return starts[pieces.length];
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        bitOffset = 0;
        int done = 0;
        while (done < count && streamPos < length()) {
            while (streamPos < starts[current]) {
                current--;
            }
            while (streamPos >= starts[current + 1]) {
                current++;
            }
            int from = (int) (streamPos - starts[current]);
            int part = Math.min(count - done, pieces[current].limit() - from);
            pieces[current].get(from, target, offset + done, part);
            done += part;
            streamPos += part;
        }
        ranOut |= done < count;
        return done == 0 && count > 0 ? -1 : done;
    }
}
