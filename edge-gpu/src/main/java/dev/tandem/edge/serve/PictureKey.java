package dev.tandem.edge.serve;

import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.pack.Sha256;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was sent: the same slices at the same operating point are the same picture, in whatever order they came.
 *
 * @param hash SHA-256 over place, tile and bytes of the slices; not changed
 */
record PictureKey(Point point, ByteBuffer hash) {
    /** Gathers slices as they come. One thread at a time. */
    static final class Maker {
        private final Point point;
        private final int announced;
        private final int tiles;
        private final Map<Integer, byte[]> hashes = new TreeMap<>();

        Maker(Point point, int announced, int tiles) {
            this.point = point;
            this.announced = announced;
            this.tiles = tiles;
        }

        void add(Slice slice) {
            hashes.put(slice.index(), Sha256.of(ints(slice.index(), slice.tile()), slice.bytes()));
        }

        PictureKey key() {
            byte[][] parts = new byte[1 + hashes.size()][];
            parts[0] = ints(announced, tiles);
            int next = 1;
            for (byte[] hash : hashes.values()) {
                parts[next++] = hash;
            }
            return new PictureKey(point, ByteBuffer.wrap(Sha256.of(parts)).asReadOnlyBuffer());
        }

        private static byte[] ints(int first, int second) {
            return ByteBuffer.allocate(2 * Integer.BYTES).putInt(first).putInt(second).array();
        }
    }
}
