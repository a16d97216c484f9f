package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Java enums say what the C headers say; read from the headers, so no compiler is needed. */
class NativeHeadersTest {
    private static Map<String, Integer> constants(String header, String prefix) throws IOException {
        String text = Files.readString(Path.of("..", "native", "include", "tandem", header));
        Matcher matcher = Pattern.compile("\\b" + prefix + "([A-Z0-9_]+) *=? *(\\d+)").matcher(text);
        Map<String, Integer> found = new TreeMap<>();
        while (matcher.find()) {
            found.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        return found;
    }

    @Test
    void statusCodesAgree() throws IOException {
        assertEquals(constants("status.h", "TD_STATUS_"), new TreeMap<>(Arrays.stream(NativeStatus.values())
                .collect(Collectors.toMap(Enum::name, NativeStatus::code))));
    }

    @Test
    void capabilityLevelsAgree() throws IOException {
        assertEquals(constants("capability.h", "TD_CAPABILITY_"), new TreeMap<>(Arrays.stream(CapabilityLevel.values())
                .collect(Collectors.toMap(Enum::name, CapabilityLevel::code))));
    }

    @Test
    void theRoomForAnErrorsTextAgrees() throws IOException {
        assertEquals(Map.of("BYTES", LastError.CAPACITY), constants("status.h", "TD_LAST_ERROR_"));
    }

    @Test
    void theVersionAgrees() throws IOException {
        assertEquals(Map.of("MAJOR", NativeLoader.ABI_MAJOR, "MINOR", NativeLoader.ABI_MINOR),
                constants("version.h", "TD_ABI_"));
    }

    @Test
    void aStatusBecomesAnExceptionWithItsMeaning() {
        NativeStatus.check(0, "nothing");
        NativeCallException e = assertThrows(NativeCallException.class, () -> NativeStatus.check(30, "read slice [3]"));
        assertEquals(30, e.status());
        assertTrue(e.getMessage().contains("read slice [3]") && e.getMessage().contains("damaged"), e.getMessage());
        assertThrows(NativeCallException.class, () -> NativeStatus.check(77, "x"));
    }

    @Test
    void aLevelMeansTheBestTierOfItsArchitecture() {
        assertEquals(CapabilityLevel.SCALAR, CapabilityLevel.of(-120));
        assertEquals(CapabilityLevel.SCALAR, CapabilityLevel.of(0));
        assertEquals(CapabilityLevel.AVX512, CapabilityLevel.of(120));
        assertEquals(CapabilityLevel.AMX, CapabilityLevel.of(199));
        assertEquals(CapabilityLevel.NEON, CapabilityLevel.of(210));
        assertEquals(CapabilityLevel.SCALAR, CapabilityLevel.of(310));
    }
}
