package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EngineOptionsTest {
    private static EngineOptions parsed(String... arguments) {
        return CommandLine.populateCommand(new EngineOptions(), arguments);
    }

    @Test
    void withoutWordsItIsAsManyThreadsAsCores() {
        assertEquals(0, parsed().asked());
        assertEquals(Runtime.getRuntime().availableProcessors(), parsed().threads());
        assertEquals(3, parsed("--threads", "3").threads());
    }

    @Test
    void anEngineThatNobodyKnowsIsWrongUse() {
        CommandFailedException refused = assertThrows(CommandFailedException.class,
                () -> parsed("--engine", "abacus").provider());
        assertEquals(ExitCodes.USAGE, refused.exitCode());
        assertTrue(refused.getMessage().contains("[abacus]") && refused.getMessage().contains("auto"),
                refused.getMessage());
        assertEquals(ExitCodes.USAGE,
                assertThrows(CommandFailedException.class, () -> parsed("--threads", "-1").create()).exitCode());
    }
}
