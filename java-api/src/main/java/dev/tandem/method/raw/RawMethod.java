package dev.tandem.method.raw;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.Evidence;
import dev.tandem.method.Knobs;
import dev.tandem.method.Method;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The method {@code raw}: float16 tokens, all or merged. */
public final class RawMethod implements Method {
    static final String NAME = "raw";
    private static final Pattern FORM = Pattern.compile("raw(?:-c([1-9]\\d{0,3}))?");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<? extends Evidence> evidence() {
        return TokenSet.class;
    }

    @Override
    public boolean byDefault() {
        return false;
    }

    @Override
    public Knobs knobs(String where, ObjectNode fields, Checks checks) {
        return checks.read(where, fields, RawKnobs.class);
    }

    @Override
    public Optional<Knobs> adHoc(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches()
                ? Optional.of(new RawKnobs(form.group(1) == null ? 0 : Integer.parseInt(form.group(1)), 0))
                : Optional.empty();
    }

    @Override
    public List<String> adHocForms() {
        return List.of("raw", "raw-c16");
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return RawSection.of(pack, points);
    }
}
