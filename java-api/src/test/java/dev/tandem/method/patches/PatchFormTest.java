package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One point has one name. */
class PatchFormTest {
    @Test
    void spellsEveryKnob() {
        assertEquals(
                new PatchKnobs(0.8, Doubt.MIN_ENTROPY, Scores.ATTENTION, Rule.SUM, 0.97, Code.JPEG, 30, 0, 0, 5, 0),
                PatchForm.read("patches-e0.8-sum0.97-jpeg-q30").orElseThrow());
        assertEquals(new PatchKnobs(0, Doubt.MIN_ENTROPY, Scores.ATTENTION, Rule.TOP, 100, Code.RGB, 0, 0, 0, 5, 0),
                PatchForm.read("patches-e0-top100-rgb").orElseThrow());
        assertEquals(
                new PatchKnobs(0.5, Doubt.MARGIN, Scores.ROLLOUT, Rule.SUM_OVER, 0.9, Code.TRANSFORM, 0, 24, -39, 1,
                        0.3),
                PatchForm.read("patches-e0.5-margin-sum-over0.9-rollout-transform-s24-x-39-g1-f0.3").orElseThrow());
        assertEquals(
                new PatchKnobs(64, Doubt.SHANNON, Scores.ATTENTION, Rule.THRESHOLD, 0.005, Code.TRANSFORM, 0, 0.5, 7,
                        0, 0),
                PatchForm.read("patches-e64-shannon-threshold0.005-transform-s0.5-x7-g0").orElseThrow());
        assertEquals(
                new PatchKnobs(1, Doubt.MARGIN, Scores.ATTENTION, Rule.RANDOM, 256, Code.JPEG, 100, 0, 0, 5, 1),
                PatchForm.read("patches-e1-margin-random256-jpeg-q100-f1").orElseThrow());
        PatchForm.EXAMPLES.forEach(form -> assertTrue(PatchForm.read(form).isPresent(), form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patches", "patches-e0.80-sum1-rgb", "patches-e00-sum1-rgb", "patches-e.8-sum1-rgb",
            "patches-e65-sum1-rgb", "patches-e1.5-margin-sum1-rgb", "patches-e0-min-entropy-sum1-rgb",
            "patches-e0-sum1.1-rgb", "patches-e0-sum0.9700-rgb", "patches-e0-sum-rgb", "patches-e0-top0-rgb",
            "patches-e0-top1.5-rgb", "patches-e0-top257-rgb", "patches-e0-random0-rgb", "patches-e0-threshold2-rgb",
            "patches-e0-sum1-attention-rgb", "patches-e0-sum1-jpeg", "patches-e0-sum1-jpeg-q0",
            "patches-e0-sum1-jpeg-q101", "patches-e0-sum1-jpeg-q05", "patches-e0-sum1-rgb-q30",
            "patches-e0-sum1-transform", "patches-e0-sum1-transform-s0", "patches-e0-sum1-transform-s1001",
            "patches-e0-sum1-transform-s4-x0", "patches-e0-sum1-transform-s4-x40000", "patches-e0-sum1-rgb-s4",
            "patches-e0-sum1-rgb-g5", "patches-e0-sum1-rgb-g6", "patches-e0-sum1-rgb-f0", "patches-e0-sum1-rgb-f1.5",
            "patches-e0-sum1-rgb-f0.50", "patches-e0-sum1-rgb-g0-f0.5", "patches-e0-sum1-rgb-f0.5-g1",
            "patches-e0-sum1-rgb-", "patches-e0-sum1-webp-q30", "patches-e1e1-sum1-rgb", "patches-e0-sum0.1234567-rgb"})
    void anythingElseIsNoName(String name) {
        assertTrue(PatchForm.read(name).isEmpty(), name);
    }
}
