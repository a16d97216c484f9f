package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.BareJpeg;
import dev.tandem.image.PictureException;
import dev.tandem.image.RgbImage;
import java.nio.ByteBuffer;

/** Patches as blocks of 16 x 16 pixels of one JPEG without its header (docs/bitstream.md, section 12.3). */
public final class JpegCode implements PatchCode {
    /** Pixels of a block's side: two blocks of 8, as chroma has half of them. */
    public static final int BLOCK = 16;

    private final int side;
    private final BareJpeg jpeg;

    /**
     * @param side    of a patch, at most {@value #BLOCK}
     * @param quality 1 to 100
     */
    public JpegCode(int side, int quality) {
        if (side > BLOCK) {
            throw new IllegalArgumentException("coding patches of [" + side + "] pixels as JPEG blocks; needed at most "
                    + BLOCK);
        }
        this.side = side;
        jpeg = new BareJpeg(quality);
    }

    @Override
    public Payloads coded(byte[][] patches) {
        return which -> {
            RgbImage row = RgbImage.black(which.length * BLOCK, BLOCK);
            for (int i = 0; i < which.length; i++) {
                put(patches[which[i]], row, i * BLOCK);
            }
            return jpeg.write(row);
        };
    }

    /** Into the block that begins at {@code left}; what the patch does not fill repeats its last column and row. */
    private void put(byte[] patch, RgbImage row, int left) {
        for (int y = 0; y < BLOCK; y++) {
            for (int x = 0; x < BLOCK; x++) {
                int from = (Math.min(y, side - 1) * side + Math.min(x, side - 1)) * 3;
                System.arraycopy(patch, from, row.rgb(), (y * row.width() + left + x) * 3, 3);
            }
        }
    }

    @Override
    public byte[][] decode(ByteBuffer payload, int count) {
        try {
            RgbImage row = jpeg.read(payload, count * BLOCK, BLOCK);
            byte[][] patches = new byte[count][];
            for (int i = 0; i < count; i++) {
                patches[i] = row.crop(i * BLOCK, 0, side, side).rgb();
            }
            return patches;
        } catch (PictureException e) {
            CorruptBitstreamException damaged = new CorruptBitstreamException("patches", 0,
                    count + " blocks of a JPEG", e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
    }
}
