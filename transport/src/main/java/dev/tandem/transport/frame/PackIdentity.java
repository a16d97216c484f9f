package dev.tandem.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an end holds: its pack, and for each method the section that both ends must hold alike before one decodes what
 * the other sent. Immutable: the arrays are copied in and out, the sections are in the order of their names.
 *
 * @param name the pack's name, for messages; up to 255 bytes of UTF-8
 * @param packHash SHA-256 of pack.json, 32 bytes
 * @param sections method name, 1 to {@value #MAX_METHOD_BYTES} bytes, to SHA-256 of its section; at most {@value
 *        #MAX_SECTIONS}
 */
public record PackIdentity(String name, byte[] packHash, Map<String, byte[]> sections) {
    public static final int HASH_BYTES = 32;
    public static final int MAX_SECTIONS = 32;
    public static final int MAX_METHOD_BYTES = 64;
    private static final int MAX_NAME_BYTES = 255;

    public PackIdentity {
        requireBytes("pack name", name, 0, MAX_NAME_BYTES);
        packHash = requireHash("pack", packHash);
        if (sections.size() > MAX_SECTIONS) {
            throw new IllegalArgumentException(
                    "pack with [" + sections.size() + "] sections, needed at most " + MAX_SECTIONS);
        }
        Map<String, byte[]> copy = new LinkedHashMap<>();
        new TreeMap<>(sections).forEach((method, hash) -> {
            requireBytes("section name", method, 1, MAX_METHOD_BYTES);
            copy.put(method, requireHash("section [" + method + "]", hash));
        });
        sections = Collections.unmodifiableMap(copy);
    }

    @Override
    public byte[] packHash() {
        return packHash.clone();
    }

    @Override
    public Map<String, byte[]> sections() {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        sections.forEach((method, hash) -> copy.put(method, hash.clone()));
        return Collections.unmodifiableMap(copy);
    }

    /** The pack hash in 64 hexadecimal digits. */
    public String packHex() {
        return HexFormat.of().formatHex(packHash);
    }

    /** A section's hash in 64 hexadecimal digits; null when this pack has no such section. */
    public String sectionHex(String method) {
        byte[] hash = sections.get(method);
        return hash == null ? null : HexFormat.of().formatHex(hash);
    }

    /** Same pack.json, byte for byte. */
    public boolean samePack(PackIdentity other) {
        return Arrays.equals(packHash, other.packHash);
    }

    /** Methods whose section both have, whatever its hash, in the order of their names. */
    public List<String> shared(PackIdentity other) {
        return sections.keySet().stream().filter(other.sections::containsKey).toList();
    }

    /** Methods whose section both have, and not alike, in the order of their names. */
    public List<String> differing(PackIdentity other) {
        return shared(other).stream().filter(each -> !Arrays.equals(sections.get(each), other.sections.get(each)))
                .toList();
    }

    /** Reads what {@link #write} wrote; the number of sections is checked before any is kept. */
    static PackIdentity read(PayloadReader in) {
        byte[] packHash = in.bytes(HASH_BYTES);
        String name = in.str8();
        int count = in.u8();
        if (count > MAX_SECTIONS) {
            throw FrameException.malformed("identity sections", count, "at most " + MAX_SECTIONS);
        }
        Map<String, byte[]> sections = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String method = in.str8();
            if (sections.put(method, in.bytes(HASH_BYTES)) != null) {
                throw FrameException.malformed("identity section", method, "each method once");
            }
        }
        try {
            return new PackIdentity(name, packHash, sections);
        } catch (IllegalArgumentException e) {
            throw FrameException.malformed("identity", e.getMessage(), "an identity within docs/wire.md");
        }
    }

    PayloadWriter write(PayloadWriter out) {
        out.bytes(packHash).str8(name).u8(sections.size());
        sections.forEach((method, hash) -> out.str8(method).bytes(hash));
        return out;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackIdentity that && name.equals(that.name) && samePack(that)
                && sections.size() == that.sections.size() && shared(that).size() == sections.size()
                && differing(that).isEmpty();
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(packHash));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name + " pack " + packHex());
        sections.keySet().forEach(each -> text.append(' ').append(each).append(' ').append(sectionHex(each)));
        return text.toString();
    }

    private static void requireBytes(String what, String text, int min, int max) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                    what + " [" + text + "] of [" + bytes + "] bytes, needed " + min + " to " + max);
        }
    }

    private static byte[] requireHash(String what, byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    what + " hash of [" + hash.length + "] bytes, needed " + HASH_BYTES);
        }
        return hash.clone();
    }
}
