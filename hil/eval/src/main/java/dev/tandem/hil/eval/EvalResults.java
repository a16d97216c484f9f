package dev.tandem.hil.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run's outcomes come to: points, controls, and pictures beside trained points. */
record EvalResults(List<PointSummary> points, List<PointSummary> controls, List<EqualPicture> equal) {

    /** Sums up; {@code points} are those that were asked, a wrong-picture one among them if there was one. */
    static EvalResults of(Exam exam, List<EvalPoint> points, EvalPoint base, EvalRun run) {
        List<Outcome> before = run.outcomes(base);
        List<PointSummary> asked = new ArrayList<>();
        List<PointSummary> controls = new ArrayList<>();
        List<PointSummary> trained = new ArrayList<>();
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        for (EvalPoint point : points) {
            outcomes.put(point.name(), run.outcomes(point));
            PointSummary summary = PointSummary.of(point, exam, outcomes.get(point.name()),
                    point.equals(base) ? null : before);
            (point.control() ? controls : asked).add(summary);
            if (point.trained()) {
                trained.add(summary);
            }
        }
        if (exam == Exam.QUESTION) {
            controls.add(PointSummary.of(CommonestAnswer.NAME, "", exam, CommonestAnswer.outcomes(before), before));
        }
        return new EvalResults(asked, controls, equal(trained, asked, outcomes));
    }

    private static List<EqualPicture> equal(List<PointSummary> trained, List<PointSummary> asked,
            Map<String, List<Outcome>> outcomes) {
        if (asked.stream().allMatch(one -> one.cost().known() == null)) {
            return List.of();
        }
        return trained.stream().flatMap(point -> Arrays.stream(EqualPicture.Pricing.values())
                .map(pricing -> EqualPicture.of(point, pricing, asked, outcomes))).toList();
    }
}
