package dev.tandem.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JPEG file for ImageIO's reader, which has rules of its own for colours and profiles: comments and application
 * segments are taken out, profiles among them, and one that says {@linkplain JpegColours what libjpeg would find} is
 * put in. Tables, frame and scans stay as they are, so decoded samples do too.
 */
final class JpegFile {
    /** Payloads that libjpeg takes for JFIF's and Adobe's segment. */
    private static final int LEAST_JFIF = 14;
    private static final int LEAST_ADOBE = 12;

    private final byte[] file;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final JpegColours colours = new JpegColours();
    private JpegFrame frame;
    private int orientation = Orientation.UPRIGHT;
    private boolean exif;

    private JpegFile(byte[] file) {
        this.file = file;
    }

    /** The file as it shall be decoded. */
    static Frame frame(byte[] file) throws PictureException {
        JpegFile jpeg = new JpegFile(file);
        int scans = jpeg.header();
        if (jpeg.frame == null) {
            throw new PictureException("a scan without a frame before it");
        }
        if (!new JpegScans(file, scans, jpeg.frame).complete()) {
            throw new PictureException("it is cut off after [" + file.length + "] bytes: scans are missing");
        }
        byte[] start = {(byte) 0xff, (byte) JpegSegments.SOI};
        BytesStream stream = new BytesStream(ByteBuffer.wrap(start),
                ByteBuffer.wrap(jpeg.colours.segment(jpeg.frame)), ByteBuffer.wrap(jpeg.head.toByteArray()),
                ByteBuffer.wrap(file, scans, file.length - scans));
        return Frame.of(stream, jpeg.orientation);
    }

    /** Takes in all segments before the first scan; where that begins. */
    private int header() throws PictureException {
        JpegSegments segments = new JpegSegments(file, 2);
        while (true) {
            int marker = segments.next();
            switch (marker) {
                case JpegSegments.SOS -> {
                    return segments.start();
                }
                case JpegSegments.EOI, JpegSegments.END -> throw new PictureException("it is cut off or empty: [no] "
                        + "scan in [" + file.length + "] bytes");
                default -> segment(marker, segments.body(), segments.end());
            }
        }
    }

    /** One segment: its marker, its payload from {@code body} to {@code end}. */
    private void segment(int marker, int body, int end) throws PictureException {
        int length = end - body;
        if (marker == 0xe0 && length >= LEAST_JFIF && begins(body, "JFIF\0")) {
            colours.jfif();
        } else if (marker == 0xe1 && !exif && begins(body, "Exif") && length > 6) {
            exif = true;
            orientation = Ifd.of(ByteBuffer.wrap(file, body + 6, length - 6)).orientation();
        } else if (marker == 0xee && length >= LEAST_ADOBE && begins(body, "Adobe")) {
            colours.adobe(file[body + 11] & 0xff);
        } else if (JpegFrame.begins(marker)) {
            if (frame != null) {
                throw new PictureException("[two] frames; needed one");
            }
            frame = JpegFrame.of(marker, ByteBuffer.wrap(file, body, length).slice());
        }
        if ((marker < 0xe0 || marker > 0xef) && marker != JpegSegments.COM) {
            head.write(0xff);
            head.write(marker);
            head.write(file, body - 2, length + 2);
        }
    }

    private boolean begins(int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return at + wanted.length <= file.length
                && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
