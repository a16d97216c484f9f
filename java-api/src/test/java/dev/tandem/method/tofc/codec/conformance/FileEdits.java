package dev.tandem.method.tofc.codec.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Makes damaged files from a good one; what the reader must say is asked of the reference. */
final class FileEdits {
    private final byte[] good;
    private final Consumer<byte[]> reader;
    private final List<FileCase> cases = new ArrayList<>();

    FileEdits(byte[] good, Consumer<byte[]> reader) {
        this.good = good;
        this.reader = reader;
        bytes("whole", good);
    }

    FileEdits bytes(String name, byte[] file) {
        cases.add(new FileCase(name, file, Verdict.of(file, reader)));
        return this;
    }

    FileEdits cut(int... lengths) {
        for (int length : lengths) {
            bytes(length + " bytes", Arrays.copyOf(good, length));
        }
        return this;
    }

    /** 32 bits at a byte offset. */
    FileEdits word(String name, int at, int... values) {
        for (int value : values) {
            byte[] file = good.clone();
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
            bytes(name + " " + value, file);
        }
        return this;
    }

    FileEdits octet(String name, int at, int value) {
        byte[] file = good.clone();
        file[at] = (byte) value;
        return bytes(name + " " + value, file);
    }

    /** Seeded bytes at seeded places. */
    FileEdits noise(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            byte[] file = good.clone();
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            bytes("noise " + i, file);
        }
        return this;
    }

    List<FileCase> cases() {
        return List.copyOf(cases);
    }
}
