package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What both ends of a link must hold alike before a feature may be decoded. Immutable: the arrays are copied in and out.
 *
 * @param name the pack's name, for messages; up to 255 bytes of UTF-8
 * @param packHash SHA-256 of pack.json, 32 bytes
 * @param tableHash SHA-256 of the entropy tables, 32 bytes
 */
public record PackIdentity(String name, byte[] packHash, byte[] tableHash) {
    public static final int HASH_BYTES = 32;
    private static final int MAX_NAME_BYTES = 255;

    public PackIdentity {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("pack name [" + name + "], needed at most " + MAX_NAME_BYTES + " bytes");
        }
        packHash = requireHash("pack hash", packHash);
        tableHash = requireHash("table hash", tableHash);
    }

    @Override
    public byte[] packHash() {
        return packHash.clone();
    }

    @Override
    public byte[] tableHash() {
        return tableHash.clone();
    }

    /** The pack hash in 64 hexadecimal digits. */
    public String packHex() {
        return HexFormat.of().formatHex(packHash);
    }

    /** The table hash in 64 hexadecimal digits. */
    public String tableHex() {
        return HexFormat.of().formatHex(tableHash);
    }

    /** Same pack.json, byte for byte. */
    public boolean samePack(PackIdentity other) {
        return Arrays.equals(packHash, other.packHash);
    }

    /** Same entropy tables, byte for byte. */
    public boolean sameTables(PackIdentity other) {
        return Arrays.equals(tableHash, other.tableHash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackIdentity that && name.equals(that.name) && samePack(that) && sameTables(that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packHash);
    }

    @Override
    public String toString() {
        return name + " pack " + packHex() + " tables " + tableHex();
    }

    private static byte[] requireHash(String what, byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(what + " of [" + hash.length + "] bytes, needed " + HASH_BYTES);
        }
        return hash.clone();
    }
}
