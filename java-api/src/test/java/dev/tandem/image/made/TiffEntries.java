package dev.tandem.image.made;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * A TIFF directory with what its entries point to behind it.
 *
 * @param at      where it lies in the file
 * @param fields  values by tag: places and lengths of parts as LONG, all others as SHORT
 * @param profile of colours; none where it is empty
 */
record TiffEntries(ByteOrder order, int at, Map<Integer, long[]> fields, byte[] profile) {

    byte[] bytes() {
        int count = fields.size() + (profile.length > 0 ? 1 : 0);
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        ByteArrayOutputStream beyond = new ByteArrayOutputStream();
        int place = at + 2 + 12 * count + 4;
        entries.writeBytes(number(order, 2, count));
        for (Map.Entry<Integer, long[]> field : fields.entrySet()) {
            boolean wide = Arrays.asList(273, 279, 324, 325).contains(field.getKey());
            int bytes = wide ? 4 : 2;
            byte[][] values = new byte[field.getValue().length][];
            Arrays.setAll(values, i -> number(order, bytes, field.getValue()[i]));
            entry(entries, beyond, place, field.getKey(), wide ? 4 : 3, values.length, Blocks.joined(values));
        }
        if (profile.length > 0) {
            entry(entries, beyond, place, 34675, 7, profile.length, profile);
        }
        return Blocks.joined(entries.toByteArray(), new byte[4], beyond.toByteArray());
    }

    private void entry(ByteArrayOutputStream entries, ByteArrayOutputStream beyond, int place, int tag, int type,
            int count, byte[] value) {
        entries.writeBytes(Blocks.joined(number(order, 2, tag), number(order, 2, type), number(order, 4, count)));
        if (value.length <= 4) {
            entries.writeBytes(Arrays.copyOf(value, 4));
        } else {
            entries.writeBytes(number(order, 4, place + beyond.size()));
            beyond.writeBytes(value);
            beyond.writeBytes(new byte[value.length & 1]);
        }
    }

    static byte[] number(ByteOrder order, int bytes, long value) {
        byte[] big = ByteBuffer.allocate(8).putLong(value).array();
        byte[] result = Arrays.copyOfRange(big, 8 - bytes, 8);
        return order == ByteOrder.BIG_ENDIAN ? result : Blocks.little(bytes, value);
    }
}
