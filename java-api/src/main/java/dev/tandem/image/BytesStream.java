package dev.tandem.image;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Pieces of memory as one stream for ImageIO, not copied: a file's header is rewritten in front of pixels that stay
 * where they are. Knows whether more was wanted than there is. One thread.
 */
final class BytesStream extends ImageInputStreamImpl {
    private final ByteBuffer[] pieces;
    private final long length;
    private boolean ranOut;

    BytesStream(ByteBuffer... pieces) {
        this.pieces = new ByteBuffer[pieces.length];
        long sum = 0;
        for (int i = 0; i < pieces.length; i++) {
            this.pieces[i] = pieces[i].slice();
            sum += pieces[i].remaining();
        }
        length = sum;
    }

    /** Whether a reader asked for bytes behind the last one. */
    boolean ranOut() {
        return ranOut;
    }

    @Override
    public long length() {
        return length;
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
        long start = 0;
        for (ByteBuffer piece : pieces) {
            int size = piece.limit();
            if (streamPos + done < start + size && done < count) {
                int from = (int) (streamPos + done - start);
                int part = Math.min(count - done, size - from);
                piece.get(from, target, offset + done, part);
                done += part;
            }
            start += size;
        }
        streamPos += done;
        ranOut |= done < count;
        return done == 0 && count > 0 ? -1 : done;
    }
}
