package dev.tandem.transport.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void spellsWhatActsInsteadOfBeingSeen() {
        assertEquals("a\\nb", Text.plain("a\nb"));
        assertEquals("\\u001b[2Jgone\\u000d", Text.plain("\u001b[2Jgone\r"));
        assertEquals("\\u0085\\u2028\\u2029", Text.plain("\u0085\u2028\u2029"));
        assertEquals("\\u202etxt.exe\\u2066x\\u2069", Text.plain("\u202etxt.exe\u2066x\u2069"));
        assertEquals("\\ud83d", Text.plain("\ud83d"));
    }

    @Test
    void leavesWhatIsOnlySeen() {
        for (String each : new String[]{"", "Ærøskøbing [1]", "日本 🙂 👩‍🔧", "سؤال", "a\\nb"}) {
            assertSame(each, Text.plain(each));
        }
    }

    @Property
    void isOneLineOfSeenCharactersAndStaysSo(@ForAll String text) {
        String plain = Text.plain(text);
        assertTrue(plain.chars().noneMatch(Character::isISOControl));
        assertEquals(1, plain.lines().count() + (plain.isEmpty() ? 1 : 0));
        assertEquals(plain, Text.plain(plain));
    }
}
