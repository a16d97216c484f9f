package dev.tandem.device.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.LinkState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UplinkMetersTest {
    private static final LinkState STATE = new LinkState(3_000_000, 125_000, 0.25, 1_500, 1_156, "QUIC");

    @Test
    void theMetricsSayWhatIsKnownOfTheLinkNow() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        PackIdentity pack = new PackIdentity("none", new byte[PackIdentity.HASH_BYTES], Map.of());
        try (TandemClient client = TandemClient
                .open(ClientSettings.of("127.0.0.1", 1, null, pack).withLab(true))) { // wins nothing: nobody is there
            new UplinkMeters(client.wins(), () -> STATE).bindTo(registry);
            System.gc(); // the meters hold what they read
            assertEquals(0, registry.get("device.connections").functionCounters().stream()
                    .mapToDouble(FunctionCounter::count).sum());
            assertEquals(3, registry.get("device.rtt").timeGauge().value(TimeUnit.MILLISECONDS));
            assertEquals(125_000, registry.get("device.delivery.rate").gauge().value());
            assertEquals(0.25, registry.get("device.loss").gauge().value());
            assertEquals(1_500, registry.get("device.send.queue").gauge().value());
        }
    }
}
