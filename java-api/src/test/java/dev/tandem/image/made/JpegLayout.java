package dev.tandem.image.made;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Arranges a JPEG's segments anew: what was there beside tables, frame and scans goes, anything may come. */
final class JpegLayout {
    private static final int LONGEST = 60_000;

    private final Dice dice;

    JpegLayout(Dice dice) {
        this.dice = dice;
    }

    byte[] file(byte[] jpeg, JpegColour colour, int orientation) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[]{(byte) 0xff, (byte) 0xd8});
        if (colour.jfif) {
            put(head, 0xe0, Blocks.joined(Blocks.text("JFIF\0\1\1\0\0\1\0\1\0\0")));
        }
        beside(head);
        if (orientation != 1) {
            put(head, 0xe1, Blocks.joined(Blocks.text("Exif\0\0"), Blocks.exif(dice, orientation)));
        }
        beside(head);
        if (colour.adobe >= 0) {
            put(head, 0xee, Blocks.joined(Blocks.text("Adobe\0d\0\0\0\0"), new byte[]{(byte) colour.adobe}));
        }
        profile(head);
        beside(head);
        byte[] rest = bare(jpeg, colour.ids);
        return Blocks.joined(head.toByteArray(), Arrays.copyOfRange(rest, 2, rest.length));
    }

    /** Tables, frame and scans only, components with these names. */
    byte[] bare(byte[] jpeg, int... ids) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.write(jpeg, 0, 2);
        int at = 2;
        while (at < jpeg.length) {
            int marker = jpeg[at + 1] & 0xff;
            if (marker == 0xd9) {
                kept.write(jpeg, at, jpeg.length - at);
                return kept.toByteArray();
            }
            int end = at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            int from = at;
            boolean scan = marker == 0xda;
            if (scan) {
                rename(jpeg, at + 5, jpeg[at + 4], 2, ids);
            } else if (marker == 0xc0 || marker == 0xc1 || marker == 0xc2) {
                rename(jpeg, at + 10, jpeg[at + 9], 3, ids);
            }
            while (scan && !(jpeg[end] == (byte) 0xff && jpeg[end + 1] != 0 && (jpeg[end + 1] & 0xf8) != 0xd0)) {
                end++;
            }
            if (marker < 0xe0 || marker > 0xef) {
                kept.write(jpeg, from, end - from);
            }
            at = end;
        }
        throw new AssertionError("a JPEG without an end");
    }

    /** ImageIO names the components of a raster 1, 2, 3, ... or 0, 1, 2, ...; in a scan some of them. */
    private void rename(byte[] jpeg, int first, int count, int step, int[] ids) {
        for (int i = 0; i < count; i++) {
            int place = first + i * step;
            jpeg[place] = (byte) ids[old(jpeg[place])];
        }
    }

    private int base = -1;

    private int old(byte id) {
        if (base < 0) {
            base = id; // the frame comes before the scans
        }
        return id - base;
    }

    private void beside(ByteArrayOutputStream head) {
        if (dice.in(3)) {
            put(head, 0xfe, dice.bytes(dice.below(40)));
        }
        if (dice.in(4)) {
            put(head, 0xe1, Blocks.joined(Blocks.text("http://ns.adobe.com/xap/1.0/\0"), dice.bytes(20)));
        }
        if (dice.in(5)) {
            put(head, dice.of(0xe0, 0xe3, 0xec, 0xed, 0xee, 0xef), dice.bytes(dice.below(11)));
        }
    }

    /** Whole, or with a piece missing, double, empty or of another number. */
    private void profile(ByteArrayOutputStream head) {
        if (dice.in(2)) {
            return;
        }
        byte[] whole = Blocks.profile(dice);
        int pieces = whole.length / LONGEST + 1 + dice.below(3);
        for (int i = 0; i < pieces; i++) {
            byte[] piece = Arrays.copyOfRange(whole, whole.length * i / pieces, whole.length * (i + 1) / pieces);
            byte[] number = {(byte) (dice.in(3) ? dice.below(4) : i + 1), (byte) (dice.in(3) ? 9 : pieces)};
            for (int copies = dice.of(1, 1, 1, 0, 2); copies > 0; copies--) {
                put(head, 0xe2, Blocks.joined(Blocks.text("ICC_PROFILE\0"), number, dice.in(6) ? new byte[0] : piece));
            }
        }
    }

    private void put(ByteArrayOutputStream head, int marker, byte[] payload) {
        for (int fill = dice.of(1, 1, 2, 5); fill > 0; fill--) {
            head.write(0xff);
        }
        head.write(marker);
        head.writeBytes(Blocks.big(2, payload.length + 2L));
        head.writeBytes(payload);
    }
}
