package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

class HostPortTest {
    private final CommandLine line = new CommandLine(new Nothing());

    @Command
    static final class Nothing {
    }

    @Test
    void namesAndAddressesAreTakenApart() {
        assertEquals(new HostPort("edge.example", 7443), HostPort.parse(line, "--edge", "edge.example:7443"));
        assertEquals(new HostPort("10.0.0.7", 0), HostPort.parse(line, "--listen", "10.0.0.7:0"));
        assertEquals(new HostPort("::1", 65_535), HostPort.parse(line, "--edge", "[::1]:65535"));
    }

    @Test
    void anAddressIsPrintedAsItWasTyped() {
        assertEquals("[fe80::1]:80", HostPort.parse(line, "--edge", "[fe80::1]:80").toString());
        assertEquals("edge:80", new HostPort("edge", 80).toString());
        assertEquals(80, new HostPort("127.0.0.1", 80).address("--listen").getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere", ":7443", "edge:", "edge:x", "edge:65536", "edge:-1", "::1:7443", "[]:7"})
    void whatIsNoAddressIsRefusedWithTheOptionsName(String text) {
        var refused = assertThrows(ParameterException.class, () -> HostPort.parse(line, "--edge", text));
        assertTrue(refused.getMessage().startsWith("--edge [" + text + "]: needed host:port"), refused.getMessage());
    }
}
