package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import org.junit.jupiter.api.Test;

class PointChoiceTest {
    private final Pack pack = Pack.open(EchoEdge.PACK);

    @Test
    void nothingMeansThePacksDefault() {
        assertEquals("c16", PointChoice.of(pack, null, null).name());
    }

    @Test
    void aMethodMeansItsFirstPoint() {
        assertEquals("c16", PointChoice.of(pack, null, "tofc").name());
        assertEquals("raw", PointChoice.of(pack, null, "raw").name());
        assertEquals("jpeg-q75", PointChoice.of(pack, null, "image").name());
        assertThrows(IllegalArgumentException.class, () -> PointChoice.of(pack, null, "magic"));
    }

    @Test
    void aNameMustBelongToTheMethodIfOneIsGiven() {
        assertEquals("c8", PointChoice.of(pack, "c8", "tofc").name());
        assertThrows(IllegalArgumentException.class, () -> PointChoice.of(pack, "c8", "raw"));
        assertThrows(PackException.class, () -> PointChoice.of(pack, "c99", null));
    }
}
