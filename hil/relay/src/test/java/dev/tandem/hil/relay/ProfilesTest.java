package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.relay.TimetableEntry.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {

    @Test
    void readsEveryKey() {
        Profile profile = Profiles.parse("""
                description: all of it
                up:
                  rateBytesPerSecond: 25000
                  queueBytes: 6000
                  delayMs: 20.5
                  jitterMs: 5
                  loss: {model: gilbert, enterBad: 0.01, leaveBad: 0.25, lossGood: 0.001, lossBad: 1}
                  reorder: {probability: 0.1, extraDelayMs: 7}
                  duplicate: 0.02
                  mtuBytes: 1280
                down: {delayMs: 3, loss: {model: uniform, rate: 0.2}}
                blockUdp: true
                timetable:
                  - {atMs: 1000, forMs: 500, do: cut}
                  - {atMs: 2000, forMs: 500, do: block-udp}
                  - {atMs: 3000, do: rebind}
                """, "here");
        LaneProfile up = new LaneProfile(25_000, 6_000, 20.5, 5, new Loss.Gilbert(0.01, 0.25, 0.001, 1),
                new LaneProfile.Reorder(0.1, 7), 0.02, 1_280);
        LaneProfile down = LaneProfile.CLEAN.withDelayMs(3, 0).withLoss(new Loss.Uniform(0.2));
        assertEquals(new Profile("all of it", up, down, true, List.of(new TimetableEntry(1_000, 500, Action.CUT),
                new TimetableEntry(2_000, 500, Action.BLOCK_UDP), new TimetableEntry(3_000, 0, Action.REBIND))),
                profile);
        assertEquals(Profile.CLEAN, Profiles.parse("up: {loss: {model: none}}", "here"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up: {rate: 3}                                    | unknown key [rate]
            upp: {}                                          | unknown key [upp]
            up: {loss: {model: uniform, rates: 1}}           | unknown key [rates]
            up: {loss: {model: brownian}}                    | brownian
            up: {loss: {model: uniform, rate: 1.5}}          | loss.rate is [1.5], needed [0] to [1]
            up: {loss: {model: gilbert, enterBad: -0.1}}     | loss.enterBad
            up: {rateBytesPerSecond: -1}                     | rateBytesPerSecond is [-1]
            up: {rateBytesPerSecond: 1000}                   | queueBytes is [0], needed [1500]
            up: {rateBytesPerSecond: fast}                   | fast
            up: {rateBytesPerSecond: 2.5, queueBytes: 1500}  | 2.5
            up: {delayMs: 10, jitterMs: 11}                  | jitterMs is [11], needed [0] to [10]
            up: {delayMs: .nan}                              | up.delayMs
            down: {duplicate: 2}                             | duplicate
            down: {mtuBytes: 20}                             | mtuBytes is [20], needed [68]
            down: {reorder: {probability: 2}}                | reorder.probability
            blockUdp: 7                                      | blockUdp
            timetable: [{atMs: 1, forMs: 5}]                 | says not what to [do]
            timetable: [{atMs: 1, do: cut}]                  | timetable.forMs is [0]
            timetable: [{atMs: 1, forMs: 5, do: rebind}]     | timetable.forMs is [5]
            timetable: [{atMs: -1, do: rebind}]              | timetable.atMs
            timetable: [{atMs: 1, forMs: 5, do: explode}]    | explode
            timetable: [null]                                | an entry is empty
            {blockUdp: true, blockUdp: false}                | uplicate
            '[1, 2]'                                         | reading profile [file.yaml]
            'up: ]'                                          | reading profile [file.yaml], line [1]
            ''                                               | reading profile [file.yaml]
            """)
    void refusesInWords(String yaml, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> Profiles.parse(yaml, "file.yaml"))
                .getMessage();
        assertTrue(message.contains(expected) && message.startsWith("reading profile [file.yaml]"), message);
        assertFalse(message.contains("dev.tandem"), message);
    }

    @Test
    void bringsGoodProfiles() throws IOException {
        for (String name : Profiles.names()) {
            assertFalse(Profiles.open(name).description().isEmpty(), name);
        }
        assertEquals(25_000, Profiles.named("lora-ish").up().rateBytesPerSecond());
        assertEquals(0.02, Profiles.named("lora-ish").up().loss().meanRate(), 0.0005);
        assertEquals(600, Profiles.named("satellite").up().delayMs() + Profiles.named("satellite").down().delayMs());
        assertTrue(Profiles.named("tunnel").timetable().stream().anyMatch(each -> each.action() == Action.CUT));
        assertEquals(LaneProfile.CLEAN, Profiles.named("clean").up());
    }

    @Test
    void opensAFileAndSayWhatThereIsInstead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "up: {delayMs: 5}\n");
        assertEquals(5, Profiles.open(file.toString()).up().delayMs());
        String message = assertThrows(IllegalArgumentException.class, () -> Profiles.open("lti")).getMessage();
        assertTrue(message.contains("[lti]") && message.contains("lte"), message);
    }
}
