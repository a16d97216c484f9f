package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.entropy.SliceSeal;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.latent.BandSlice;
import dev.tandem.method.latent.LatentCodec;
import dev.tandem.method.latent.LatentShape;
import dev.tandem.method.latent.RandomLatents;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Makes {@code latents.bin}: maps coded under small priors, and their bands damaged with and without a right seal. */
final class LatentGenerator {
    private static final int POINT = 7;
    private static final float[] ENDS = {0.5f, -0.5f, 1.5f, -2.5f, 32_767, 32_768, -32_768, -1e9f, Float.MAX_VALUE,
            Float.MIN_VALUE, 2.4999998f, 0};

    private final LatentShape shape;
    private final CdfTables tables;
    private final LatentCodec codec;
    private final List<LatentGroup.Coded> maps = new ArrayList<>();
    private final List<LatentGroup.Case> cases = new ArrayList<>();

    private LatentGenerator(long seed, LatentShape shape) {
        this.shape = shape;
        tables = RandomLatents.tables(seed, shape.channels());
        codec = LatentCodec.plain(tables, shape);
    }

    static List<LatentGroup> groups() {
        return List.of(group("even", 31, new LatentShape(3, 6, 5)), group("one row", 32, new LatentShape(3, 1, 11)),
                group("long sides", 33, new LatentShape(1, 2, 140)), group("odd", 34, new LatentShape(4, 7, 3)));
    }

    private static LatentGroup group(String name, long seed, LatentShape shape) {
        LatentGenerator made = new LatentGenerator(seed, shape);
        int finest = shape.positions();
        for (int bands : new int[]{1, 2, shape.height(), 2 * shape.height(), finest}) {
            made.code(RandomLatents.values(made.tables, shape, seed + bands), bands);
        }
        float[] ends = new float[shape.values()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = ENDS[i % ENDS.length];
        }
        made.code(ends, 1);
        made.damage(made.maps.get(1).slices().getLast(), made.maps.get(1).slices().size());
        made.forge();
        return new LatentGroup(name, made.tables, shape, made.maps, made.cases);
    }

    private void code(float[] values, int bands) {
        SliceLimits limits = new SliceLimits(1100, bands);
        List<byte[]> slices = codec.encode(MemorySegment.ofArray(values), POINT, limits);
        maps.add(new LatentGroup.Coded(POINT, limits, values, slices));
        if (slices.size() < 20) {
            slices.forEach(slice -> add("whole", slices.size(), slice));
        }
    }

    private void add(String name, int announced, byte[] slice) {
        add(name, POINT, announced, slice);
    }

    private void add(String name, int point, int announced, byte[] slice) {
        BandSlice[] read = new BandSlice[1];
        Verdict verdict = Verdict.of(slice, s -> {
            read[0] = codec.open(s, point, announced);
            codec.decode(List.of(read[0]));
            read[0].symbols();
        });
        cases.add(verdict.accepted()
                ? new LatentGroup.Case(name, point, announced, slice, verdict, read[0].band(), read[0].symbols())
                : new LatentGroup.Case(name, point, announced, slice, verdict, 0, new int[0]));
    }

    private void damage(byte[] base, int bands) {
        add("another point", POINT + 1, bands, base);
        add("more announced", bands + 1, base);
        add("fewer announced", bands - 1, base);
        for (int length : new int[]{0, 3, 4, 17, 18, 19, base.length - 4, base.length - 1, base.length + 1}) {
            add("cut to " + length, bands, Arrays.copyOf(base, length));
            if (length >= 4) {
                add("cut to " + length + " under a right check sum", bands,
                        sealed(Arrays.copyOf(base, length)));
            }
        }
        for (int at = 0; at < base.length; at += 9) {
            byte[] flipped = base.clone();
            flipped[at] ^= 16;
            add("byte " + at, bands, flipped);
        }
        for (int at = 0; at < 7; at++) {
            for (int value : new int[]{0, 2, 127, 128}) {
                byte[] changed = base.clone();
                changed[at] = (byte) value;
                add("header byte " + at + " is " + value, bands, sealed(changed));
            }
        }
        SplittableRandom random = new SplittableRandom(base.length);
        for (int i = 0; i < 12; i++) {
            byte[] noise = base.clone();
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                noise[random.nextInt(7, base.length - 4)] = (byte) random.nextInt(256);
            }
            add("stream noise " + i, bands, sealed(noise));
        }
    }

    /** One band whose last symbol is one that no slice may hold, or just may. */
    private void forge() {
        for (int last : new int[]{32_767, 32_768, -32_768, -32_769, 100_000_000}) {
            RansEncoder encoder = new RansEncoder();
            for (int i = 0; i < shape.values(); i++) {
                encoder.put(tables, i / shape.positions(), i == shape.values() - 1 ? last : 0);
            }
            add("last symbol " + last, 1, whole(encoder.finish()));
        }
    }

    private byte[] whole(byte[] stream) {
        byte[] width = shape.width() < 128
                ? new byte[]{(byte) shape.width()}
                : new byte[]{(byte) (shape.width() | 128), (byte) (shape.width() >> 7)};
        byte[] slice = new byte[5 + width.length + stream.length + 4];
        slice[0] = 1;
        slice[1] = POINT;
        slice[2] = (byte) shape.height();
        System.arraycopy(width, 0, slice, 3, width.length);
        slice[4 + width.length] = 1;
        System.arraycopy(stream, 0, slice, 5 + width.length, stream.length);
        return sealed(slice);
    }

    /** The same array, its last four bytes now the check sum. */
    private static byte[] sealed(byte[] slice) {
        SliceSeal.put(slice, new CRC32C());
        return slice;
    }
}
