package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** WebP files: the plug-in's frames in containers of every form (RFC 9649). */
public final class Webps {
    private static final int EXIF = 0x08;
    private static final int PROFILE = 0x20;
    private static final int ANIMATION = 0x02;

    private Webps() {
    }

    public static Made make(Dice dice) {
        try {
            return made(dice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Made made(Dice dice) throws IOException {
        int width = dice.side();
        int height = dice.side();
        boolean lossless = dice.in(2);
        byte[] plain = coded(dice.picture(width, height), lossless);
        RgbImage frame = Plain.rgb(ImageIO.read(new ByteArrayInputStream(plain)));
        byte[] chunk = Arrays.copyOfRange(plain, 12, plain.length);
        String what = lossless ? "lossless WebP" : "lossy WebP";
        if (dice.in(4)) {
            return new Made(what, plain, frame, 0);
        }
        int orientation = dice.of(1, 1 + dice.below(8));
        byte[] exif = Blocks.exif(dice, orientation);
        byte[] said = orientation == 1
                ? new byte[0]
                : chunk("EXIF", dice.in(3) ? Blocks.joined(Blocks.text("Exif\0\0"), exif) : exif);
        byte[] profile = dice.in(2) ? chunk("ICCP", Blocks.profile(dice)) : new byte[0];
        int flags = (said.length > 0 ? EXIF : 0) | (profile.length > 0 ? PROFILE : 0);
        if (dice.in(2)) {
            return new Made(what + ", extended, orientation " + orientation,
                    riff(extended(flags, width, height), profile, chunk, said), Turned.seen(frame, orientation), 0);
        }
        int left = 2 * dice.below(10);
        int top = 2 * dice.below(10);
        RgbImage screen = RgbImage.black(left + width + dice.below(9), top + height + dice.below(9));
        for (int y = 0; y < height; y++) {
            System.arraycopy(frame.rgb(), y * width * 3, screen.rgb(), ((top + y) * screen.width() + left) * 3,
                    width * 3);
        }
        byte[] first = chunk("ANMF", Blocks.joined(Blocks.little(3, left / 2), Blocks.little(3, top / 2),
                Blocks.little(3, width - 1), Blocks.little(3, height - 1), Blocks.little(3, 100), new byte[]{0},
                chunk));
        byte[] other = coded(RgbImage.black(width, height), true);
        byte[] second = chunk("ANMF", Blocks.joined(new byte[6], Blocks.little(3, width - 1),
                Blocks.little(3, height - 1), Blocks.little(3, 100), new byte[]{0},
                Arrays.copyOfRange(other, 12, other.length)));
        byte[] more = dice.in(2) ? second : new byte[0];
        return new Made(what + ", animated, at " + left + ", " + top + ", orientation " + orientation,
                riff(extended(flags | ANIMATION, screen.width(), screen.height()), profile,
                        chunk("ANIM", dice.bytes(6)), first, more, said),
                Turned.seen(screen, orientation), 0);
    }

    /** A file of one frame, as the plug-in writes it. */
    public static byte[] coded(RgbImage image, boolean lossless) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("webp").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(lossless ? "Lossless" : "Lossy");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            BufferedImage picture = Plain.picture(image);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The chunk in front of all others that says what else there is, and the screen's size. */
    public static byte[] extended(int flags, int width, int height) {
        return chunk("VP8X", Blocks.joined(Blocks.little(4, flags), Blocks.little(3, width - 1),
                Blocks.little(3, height - 1)));
    }

    public static byte[] riff(byte[]... chunks) {
        byte[] all = Blocks.joined(chunks);
        return Blocks.joined(Blocks.text("RIFF"), Blocks.little(4, all.length + 4L), Blocks.text("WEBP"), all);
    }

    public static byte[] chunk(String type, byte[] payload) {
        return Blocks.joined(Blocks.text(type), Blocks.little(4, payload.length), payload,
                new byte[payload.length & 1]);
    }

    /** A picture of one colour, without loss: codes of one symbol each take no bit a pixel, so any size is short. */
    public static byte[] flat(int width, int height, int rgb) {
        Bits bits = new Bits(false);
        bits.put(0x2f, 8);
        bits.put(width - 1, 14);
        bits.put(height - 1, 14);
        bits.put(0, 1 + 3 + 1 + 1 + 1); // neither alpha, version, transforms, cache nor further codes
        for (int symbol : new int[]{rgb >> 8 & 0xff, rgb >> 16, rgb & 0xff, 255}) {
            bits.put(0b101, 3);
            bits.put(symbol, 8);
        }
        bits.put(1, 4); // distances: one symbol of one bit
        return riff(chunk("VP8L", bits.bytes()));
    }
}
