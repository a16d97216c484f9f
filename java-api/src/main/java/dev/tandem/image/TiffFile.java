package dev.tandem.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first page of a TIFF file for ImageIO's reader (TIFF 6.0). Much goes under this name, and the reader gives wrong
 * pixels for some of it; so only {@linkplain TiffForm forms} are let through that tests draw and compare.
 */
final class TiffFile {
    private static final int SUBFILE = 254;
    private static final int STRIPS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int TILES = 324;
    private static final int TILE_BYTES = 325;
    private static final int PROFILE = 34675;
    private static final int NO_PROFILE = 34674;
    private static final int RAW = 50706;
    private static final int[] YCBCR = {1, 2, 3};
    private static final int[] RGB = {'R', 'G', 'B'};

    private final byte[] file;
    private final Ifd page;

    private TiffFile(byte[] file) {
        this.file = file;
        page = Ifd.of(ByteBuffer.wrap(file));
    }

    static Frame frame(byte[] file) throws PictureException {
        return new TiffFile(file).frame();
    }

    private Frame frame() throws PictureException {
        if (page.isEmpty()) {
            throw new PictureException("it is cut off or empty: [no] directory in [" + file.length + "] bytes");
        }
        if (!page.isComplete()) {
            throw new PictureException("it is cut off after [" + file.length + "] bytes: a part of its directory is "
                    + "missing");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (page.has(RAW) || (page.number(SUBFILE, 0) & 1) == 1 || bytes.getShort(8) == 0x4352) {
            throw new PictureException("this is [camera raw or a preview of another picture]; needed a plain TIFF");
        }
        TiffForm form = TiffForm.of(page);
        if (!form.isRead()) {
            throw new PictureException(form.words());
        }
        boolean tiled = page.has(TILES);
        parts(form, page.numbers(tiled ? TILES : STRIPS), page.numbers(tiled ? TILE_BYTES : STRIP_BYTES));
        int profile = page.entry(PROFILE);
        BytesStream stream = profile < 0
                ? new BytesStream(bytes)
                : new BytesStream(bytes.slice(0, profile), page.written(NO_PROFILE),
                        bytes.slice(profile + 2, file.length - profile - 2));
        return Frame.of(stream, page.orientation());
    }

    private void parts(TiffForm form, long[] offsets, long[] bytes) throws PictureException {
        if (offsets.length == 0 || bytes.length < offsets.length) {
            throw new PictureException("damaged: places and lengths of [" + offsets.length + "] and [" + bytes.length
                    + "] strips or tiles");
        }
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] + bytes[i] > file.length) {
                throw new PictureException("it is cut off after [" + file.length + "] bytes: strip or tile " + i
                        + " ends at " + (offsets[i] + bytes[i]));
            }
            if (form.compression() == TiffForm.JPEG && form.samples() == 3) {
                colours(form, Arrays.copyOfRange(file, (int) offsets[i], (int) (offsets[i] + bytes[i])));
            }
        }
    }

    /** ImageIO's reader asks the components' names, not the directory, whether they are RGB. */
    private static void colours(TiffForm form, byte[] jpeg) throws PictureException {
        JpegSegments segments = new JpegSegments(jpeg, 0);
        int marker = segments.next();
        while (marker >= 0 && marker != JpegSegments.SOS && !JpegFrame.begins(marker)) {
            if (marker >= 0xe0 && marker <= 0xef) {
                throw new PictureException("JPEG with a segment [" + Integer.toHexString(marker) + "] of its own in a "
                        + "TIFF; needed none: convert it to PNG first");
            }
            marker = segments.next();
        }
        int[] needed = form.colours() == TiffForm.YCBCR ? YCBCR : RGB;
        if (!JpegFrame.begins(marker)) {
            throw new PictureException("damaged: JPEG without a frame in a TIFF");
        }
        int[] ids = JpegFrame.of(marker, ByteBuffer.wrap(jpeg, segments.body(), segments.end() - segments.body())
                .slice()).ids();
        if (!Arrays.equals(ids, needed)) {
            throw new PictureException("JPEG with components " + Arrays.toString(ids) + " in a TIFF; needed "
                    + Arrays.toString(needed) + ": convert it to PNG first");
        }
    }
}
