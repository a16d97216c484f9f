package dev.tandem.transport.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One budget for all connections of an edge. */
class ByteBudgetTest {
    private static final int MOST = 1 << 20;

    private static long fill(ByteShare share) {
        while (share.take(1_024)) {
            // greedy
        }
        return share.used();
    }

    @Test
    void leavesRoomForOneMoreHoweverManyAreGreedy() {
        for (int greedy : new int[]{1, 2, 6, 40}) {
            ByteBudget budget = new ByteBudget(MOST);
            List<ByteShare> shares = new ArrayList<>();
            for (int i = 0; i < greedy; i++) {
                shares.add(budget.share("greedy" + i));
            }
            for (int round = 0; round < 2_000; round++) {
                shares.forEach(each -> each.take(512));
            }
            long fair = MOST / (greedy + 1);
            assertTrue(MOST - budget.used() >= fair - 1_024, greedy + " greedy ones left " + (MOST - budget.used()));
            assertTrue(fill(budget.share("polite")) >= fair / 2 - 2_048);
        }
    }

    @Test
    void countsADeviceOnceHoweverManyConnectionsItHas() {
        ByteBudget budget = new ByteBudget(MOST);
        ByteShare one = budget.share("device");
        ByteShare same = budget.share("device");
        assertSame(one, same);
        assertEquals(MOST / 2, fill(one));
        assertFalse(same.take(1));
        one.give(MOST / 2);
        one.close();
        assertSame(same, budget.share("device"));
        same.close();
        same.close();
        assertEquals(0, budget.devices());
        assertNotSame(same, budget.share("device"));
    }

    @Test
    void owesWhatMustBeSaid() {
        ByteBudget budget = new ByteBudget(MOST);
        ByteShare share = budget.share("device");
        share.owe(2 * MOST);
        assertEquals(2 * MOST, budget.used());
        assertFalse(share.take(1));
        assertTrue(share.refusal(1).contains("[2097152] already, and [-1] of [1] MiB"), share.refusal(1));
        share.give(2 * MOST);
        assertTrue(share.take(1));
    }

    @Test
    void neverRefusesWhereNothingIsLimited() {
        ByteShare free = ByteShare.unlimited();
        assertTrue(free.take(Long.MAX_VALUE / 4) && free.take(Long.MAX_VALUE / 8));
        assertThrows(IllegalArgumentException.class, () -> new ByteBudget(0));
    }

    @Test
    void balancesItsBooksOverThreads() throws Exception {
        ByteBudget budget = new ByteBudget(MOST);
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                String device = "device" + t % 2;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        ByteShare share = budget.share(device);
                        int bytes = i * 31 % 70_000;
                        if (share.take(bytes)) {
                            share.give(bytes);
                        }
                        share.close();
                    }
                }));
            }
        }
        for (Future<?> each : done) {
            each.get();
        }
        assertEquals(0, budget.used());
        assertEquals(0, budget.devices());
    }
}
