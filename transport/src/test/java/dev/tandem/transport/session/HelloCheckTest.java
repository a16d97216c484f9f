package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.PackIdentity;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an edge refuses at the hello and at an ask. */
class HelloCheckTest {
    private static final LinkLimits LIMITS = new LinkLimits(10, 3, 100, 250, 2, LinkLimits.defaults().longestDeadline(),
            LinkLimits.defaults().idle());

    private static byte[] hash(int value) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) value);
        return hash;
    }

    private static PackIdentity pack(int hash, Map<String, Integer> sections) {
        return new PackIdentity("p", hash(hash), sections.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> hash(each.getValue()))));
    }

    private static void says(Failure failure, ErrorCode code, String... words) {
        assertEquals(code, failure.known());
        for (String each : words) {
            assertTrue(failure.message().contains(each), failure.message());
        }
    }

    @Test
    void takesItsOwnVersionOnlyAndSaysWhoIsOlder() {
        int own = Hello.VERSION;
        assertNull(HelloCheck.refusal(new Hello.Versions(own, own)));
        assertNull(HelloCheck.refusal(new Hello.Versions(1, own + 3)));
        says(HelloCheck.refusal(new Hello.Versions(1, own - 1)), ErrorCode.UNSUPPORTED_VERSION,
                "[1 to " + (own - 1) + "]", "the device is the older one");
        says(HelloCheck.refusal(new Hello.Versions(own + 1, own + 2)), ErrorCode.UNSUPPORTED_VERSION,
                "the edge is the older one");
    }

    @Test
    void needsTheSameBytesOfEveryMethodThatBothHave() {
        PackIdentity edge = pack(1, Map.of("raw", 2, "tofc", 3));
        assertNull(HelloCheck.refusal(pack(9, Map.of("raw", 2)), edge));
        assertNull(HelloCheck.mismatch(edge, edge));
        says(HelloCheck.refusal(pack(9, Map.of("raw", 2, "tofc", 4)), edge), ErrorCode.SECTION_MISMATCH,
                "hello refused",
                "section [tofc] is [0404", "the edge's [0303", "same files of this method");
        says(HelloCheck.refusal(pack(9, Map.of("image", 2)), edge), ErrorCode.PACK_MISMATCH, "share no method",
                "the device's has [image]", "the edge's [raw, tofc]", "pack [0909", "pack [0101");
        assertFalse(HelloCheck.difference(pack(9, Map.of("raw", 5, "tofc", 3)), edge).contains("[tofc]"));
    }

    @Test
    void doesNotAskAgainWhatWillBeRefusedAgain() {
        Set<ErrorCode> lasting = Arrays.stream(ErrorCode.values()).filter(HelloCheck::lasting)
                .collect(Collectors.toSet());
        assertEquals(Set.of(ErrorCode.UNSUPPORTED_VERSION, ErrorCode.PACK_MISMATCH, ErrorCode.SECTION_MISMATCH,
                ErrorCode.CERTIFICATE_EXPIRED, ErrorCode.CERTIFICATE_UNTRUSTED, ErrorCode.CERTIFICATE_WRONG_HOST,
                ErrorCode.CERTIFICATE_REFUSED, ErrorCode.CERTIFICATE_REVOKED, ErrorCode.NO_LONGER_TRUSTED), lasting);
        assertFalse(HelloCheck.lasting(null));
    }

    @Test
    void takesAnAskUpToEachLimitAndNoFurther() {
        assertNull(AskCheck.refusal(10, 3, 1, LIMITS));
        says(AskCheck.refusal(11, 3, 1, LIMITS), ErrorCode.TASK_TOO_LARGE, "[11] bytes", "at most 10");
        says(AskCheck.refusal(10, 4, 1, LIMITS), ErrorCode.TOO_MANY_SLICES, "[4] slices", "at most 3");
        says(AskCheck.refusal(10, 3, 2, LIMITS), ErrorCode.TOO_MANY_EXCHANGES, "[2] exchanges", "at most 2");
        assertNull(AskCheck.refusal(10, new int[]{100, 100, 50}, 1, LIMITS));
        says(AskCheck.refusal(10, new int[]{100, 100, 51}, 1, LIMITS), ErrorCode.EXCHANGE_TOO_LARGE, "[251] bytes");
        says(AskCheck.refusal(10, new int[]{101}, 1, LIMITS), ErrorCode.EXCHANGE_TOO_LARGE, "a slice of [101]");
        says(AskCheck.refusal(10, new int[]{1, 1, 1, 1}, 1, LIMITS), ErrorCode.TOO_MANY_SLICES);
    }
}
