package dev.tandem.method.patches.codec;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Layout of a {@code transform} file; sizes are checked against its length before anything is allocated. */
final class TransformFile {
    private static final int MAGIC = 'T' | 'D' << 8 | 'P' << 16 | 'T' << 24;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 24;
    private static final int MOST_CLASSES = 64;
    private static final float MOST_MEAN = 1024;
    private static final double MOST_OFF = 0.01;

    private TransformFile() {
    }

    static TransformModel read(ByteBuffer file) {
        ByteBuffer in = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        require(in.remaining() >= HEADER_BYTES, 0, "at least " + HEADER_BYTES + " bytes", in.remaining());
        int magic = in.getInt();
        require(magic == MAGIC, 0, "magic TDPT", "0x" + Integer.toHexString(magic));
        int version = in.getInt();
        require(version == VERSION, 4, "version " + VERSION, version);
        int side = in.getInt();
        require(side >= 4 && side <= 32, 8, "patches of 4..32 pixels", side);
        int values = 3 * side * side;
        int classes = in.getInt();
        require(classes >= 1 && classes <= MOST_CLASSES, 12, "1.." + MOST_CLASSES + " classes", classes);
        int coefficients = in.getInt();
        require(coefficients >= 1 && coefficients <= values, 16, "1.." + values + " coefficients", coefficients);
        float step = in.getFloat();
        require(step >= 0.001f && step <= 1000, 20, "a step of 0.001..1000", step);
        long bytes = 4L * classes * values * (1 + coefficients) + padded(2L * classes * coefficients);
        require(in.remaining() > bytes, HEADER_BYTES, "more than " + bytes + " bytes behind the header",
                in.remaining());
        float[][] means = floats(in, classes, values, MOST_MEAN);
        float[][] bases = floats(in, classes, coefficients * values, 1 + (float) MOST_OFF);
        orthonormal(bases, values);
        short[][] scales = new short[classes][coefficients];
        int scalesAt = in.position();
        for (short[] row : scales) {
            in.asShortBuffer().get(row);
            in.position(in.position() + 2 * coefficients);
        }
        while (in.position() < scalesAt + padded(2L * classes * coefficients)) {
            int at = in.position();
            byte pad = in.get();
            require(pad == 0, at, "a padding of 0", pad);
        }
        int tablesAt = in.position();
        CdfTables tables = CdfTables.read(in);
        require(tables.rows() == 1 + TransformModel.SCALES, tablesAt, 1 + TransformModel.SCALES + " rows",
                tables.rows());
        require(tables.escape(TransformModel.CLASS_ROW) == classes && tables.offset(TransformModel.CLASS_ROW) == 0,
                tablesAt, "a first row of " + classes + " classes from 0", tables.escape(TransformModel.CLASS_ROW));
        return new TransformModel(side, coefficients, step, means, bases, scales, tables);
    }

    private static long padded(long bytes) {
        return (bytes + 3) / 4 * 4;
    }

    private static float[][] floats(ByteBuffer in, int rows, int length, float most) {
        float[][] values = new float[rows][length];
        for (float[] row : values) {
            in.asFloatBuffer().get(row);
            for (int i = 0; i < length; i++) {
                require(Math.abs(row[i]) <= most, in.position() + 4L * i, "a number within +-" + most, row[i]);
            }
            in.position(in.position() + 4 * length);
        }
        return values;
    }

    /** Lengths only: what bounds a decoded patch. */
    private static void orthonormal(float[][] bases, int values) {
        for (int kind = 0; kind < bases.length; kind++) {
            for (int from = 0; from < bases[kind].length; from += values) {
                double square = 0;
                for (int i = from; i < from + values; i++) {
                    square += (double) bases[kind][i] * bases[kind][i];
                }
                require(Math.abs(Math.sqrt(square) - 1) <= MOST_OFF, HEADER_BYTES,
                        "rows of length 1, row " + from / values + " of class " + kind, Math.sqrt(square));
            }
        }
    }

    private static void require(boolean holds, long at, String expected, Object found) {
        if (!holds) {
            throw new CorruptBitstreamException("transform file", at, expected, String.valueOf(found));
        }
    }
}
