package dev.tandem.method.image;

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

/** The method {@code image}: a JPEG or WebP file, encoded to tokens on the edge. */
public final class ImageMethod implements Method {
    static final String NAME = "image";
    private static final List<String> FORMATS = List.of("jpeg", "webp");
    private static final Pattern FORM = Pattern.compile("(jpeg|webp)-q([1-9]\\d?|100)(?:-c([1-9]\\d{0,3}))?");

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
        ImageKnobs knobs = checks.read(where, fields, ImageKnobs.class);
        if (!FORMATS.contains(String.valueOf(knobs.format()))) {
            throw checks.field(where + ".format", knobs.format(), "one of " + FORMATS);
        }
        checks.range(where + ".quality", knobs.quality(), 1, 100);
        return knobs;
    }

    @Override
    public Optional<Knobs> adHoc(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches()
                ? Optional.of(new ImageKnobs(form.group(1), Integer.parseInt(form.group(2)),
                        form.group(3) == null ? 0 : Integer.parseInt(form.group(3)), 0))
                : Optional.empty();
    }

    @Override
    public List<String> adHocForms() {
        return List.of("jpeg-q75", "jpeg-q30-c16", "webp-q30", "webp-q30-c16");
    }

    @Override
    public Section section(Pack pack, List<Point> points) {
        return ImageSection.of(pack, points);
    }
}
