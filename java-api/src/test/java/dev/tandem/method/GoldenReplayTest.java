package dev.tandem.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.engine.Session;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.tensor.TensorInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenReplayTest {
    private static final Pack PACK = TinyPack.pack();
    private static final PackMethods METHODS = PackMethods.of(PACK);

    @Test
    void passesOnARealEngine() {
        try (Engine engine = TinyPack.engine()) {
            List<GoldenResult> results = GoldenReplay.run(METHODS, Host.of(engine));
            assertTrue(results.size() >= 3, results::toString);
            results.forEach(r -> assertTrue(r.passed() && r.maxRelative() <= r.tolerance(), r::toString));
        }
    }

    @Test
    void saysHowFarOffAWrongEngineIs() {
        List<GoldenResult> results = GoldenReplay.run(METHODS,
                Host.of(new FakeEngine(PACK, t -> t)));
        GoldenResult encoder = results.stream().filter(r -> r.subject().startsWith("encoder/")).findFirst()
                .orElseThrow();
        assertFalse(encoder.passed());
        assertTrue(encoder.maxAbsolute() > encoder.tolerance(), encoder::toString);
        assertTrue(results.stream().filter(r -> r.kind().equals("codec")).allMatch(GoldenResult::passed));
    }

    @Test
    void reportsAGraphThatCannotRunInsteadOfStopping() {
        FakeEngine engine = new FakeEngine(PACK, t -> new TensorInfo(t.name() + "x", t.dtype(), t.shape()));
        List<GoldenResult> results = GoldenReplay.run(METHODS, Host.of(engine));
        assertTrue(results.stream().anyMatch(r -> !r.passed() && r.remark().contains("pack.json declares")));
        assertEquals(0, engine.open);
    }

    @Test
    void holdsAnOpenedGraphToItsDeclaration() {
        FakeEngine honest = new FakeEngine(PACK, t -> t);
        try (Session session = PackSession.open(honest, PACK, "encoder")) {
            assertEquals("pixel_values", session.inputs().get(0).name());
        }
        FakeEngine wider = new FakeEngine(PACK, t -> {
            long[] shape = t.shape();
            shape[shape.length - 1] = shape[shape.length - 1] == 384 ? 768 : shape[shape.length - 1];
            return new TensorInfo(t.name(), t.dtype(), shape);
        });
        PackException refusal = assertThrows(PackException.class, () -> PackSession.open(wider, PACK, "encoder"));
        assertTrue(refusal.getMessage().contains("768") && refusal.getMessage().contains("384"), refusal.getMessage());
        assertEquals(0, wider.open);
        FakeEngine dynamic = new FakeEngine(PACK,
                t -> new TensorInfo(t.name(), t.dtype(), new long[]{-1, -1, -1, -1, -1}));
        assertThrows(PackException.class, () -> PackSession.open(dynamic, PACK, "encoder"));
    }
}
