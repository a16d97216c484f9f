package dev.tandem.transport.session;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.PackIdentity;
import java.util.List;

/** Whether two ends can work together, and if not why, with what both hold. */
public final class HelloCheck {
    private HelloCheck() {
    }

    /** Null when the edge speaks a version that the device knows. */
    public static Failure refusal(Hello.Versions device) {
        if (device.include(Hello.VERSION)) {
            return null;
        }
        String older = device.highest() < Hello.VERSION
                ? "the device is the older one: update its software"
                : "the edge is the older one: update its software";
        return Failure.of(ErrorCode.UNSUPPORTED_VERSION, "hello refused: the device speaks protocol versions ["
                + device.lowest() + " to " + device.highest() + "], the edge speaks [" + Hello.VERSION + "]; " + older);
    }

    /** Null when one end may decode what the other sends. */
    public static Failure refusal(PackIdentity device, PackIdentity edge) {
        ErrorCode code = mismatch(device, edge);
        return code == null ? null : Failure.of(code, "hello refused: " + difference(device, edge));
    }

    /** PACK_MISMATCH when the packs share no section, SECTION_MISMATCH when a shared one differs, or null. */
    public static ErrorCode mismatch(PackIdentity device, PackIdentity edge) {
        if (device.shared(edge).isEmpty()) {
            return ErrorCode.PACK_MISMATCH;
        }
        return device.differing(edge).isEmpty() ? null : ErrorCode.SECTION_MISMATCH;
    }

    /** Both ends' hashes in words. */
    public static String difference(PackIdentity device, PackIdentity edge) {
        List<String> differing = device.differing(edge);
        String packs = "the device holds pack [" + device.packHex() + "], the edge holds pack [" + edge.packHex() + "]";
        if (device.shared(edge).isEmpty()) {
            return packs + ", and they share no method: the device's has " + methods(device) + ", the edge's "
                    + methods(edge) + "; give both ends the same pack folder";
        }
        StringBuilder words = new StringBuilder(packs);
        for (String each : differing) {
            words.append("; the device's section [").append(each).append("] is [").append(device.sectionHex(each))
                    .append("], the edge's [").append(edge.sectionHex(each)).append(']');
        }
        return words.append("; both need the same files of this method, byte for byte").toString();
    }

    private static List<String> methods(PackIdentity pack) {
        return List.copyOf(pack.sections().keySet());
    }

    /**
     * Whether a failure to connect lasts until somebody changes an end, its pack or a certificate; null: a code nobody
     * here knows.
     */
    public static boolean lasting(ErrorCode code) {
        return switch (code) {
            case null -> false;
            case UNSUPPORTED_VERSION, PACK_MISMATCH, SECTION_MISMATCH, NO_LONGER_TRUSTED, CERTIFICATE_EXPIRED,
                    CERTIFICATE_UNTRUSTED,
                    CERTIFICATE_WRONG_HOST, CERTIFICATE_REFUSED, CERTIFICATE_REVOKED ->
                true;
            default -> false;
        };
    }
}
