package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.OperatingStep;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.method.tokens.DecodedSlice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One codec model with pictures that it codes and slices that it reads or refuses: {@code slices.bin}. */
record SliceGroup(String name, CdfTables tables, byte[] hyper, List<OperatingStep> steps, List<Picture> pictures,
        List<Case> cases) {
    static final String FILE = "slices.bin";
    private static final String KIND = "slices";

    /** What an encoder is given and must give. */
    record Picture(OperatingStep step, SliceLimits limits, TokenLatents latents, List<byte[]> slices) {}

    /** A slice and what a decoder must give: null where it must refuse. */
    record Case(String name, byte[] slice, Verdict verdict, DecodedSlice decoded) {}

    /** The model. */
    CodecModel model() {
        return new CodecModel(tables, ReferenceHyperSynthesis.read(ByteBuffer.wrap(hyper)), steps);
    }

    static byte[] write(List<SliceGroup> groups) {
        CaseWriter out = new CaseWriter(KIND).number(groups.size());
        for (SliceGroup group : groups) {
            out.text(group.name).tables(group.tables).bytes(group.hyper).number(group.steps.size());
            for (OperatingStep step : group.steps) {
                out.number(step.id()).single(step.step()).signed(step.scaleShift());
            }
            out.number(group.pictures.size());
            for (Picture picture : group.pictures) {
                TokenLatents l = picture.latents;
                out.number(group.steps.indexOf(picture.step)).number(picture.limits.payloadBytes())
                        .number(picture.limits.minSlices()).number(l.count()).floats(l.toFloats()).ints(l.experts())
                        .ints(l.z()).number(picture.slices.size());
                picture.slices.forEach(out::bytes);
            }
            out.number(group.cases.size());
            for (Case c : group.cases) {
                out.text(c.name).bytes(c.slice);
                c.verdict.write(out);
                if (c.verdict.accepted()) {
                    out.number(c.decoded.operatingPoint()).number(c.decoded.firstRank()).number(c.decoded.count())
                            .number(c.decoded.total()).floats(c.decoded.values());
                }
            }
        }
        return out.toBytes();
    }

    static List<SliceGroup> read(byte[] file) {
        CaseReader in = new CaseReader(file, KIND);
        List<SliceGroup> groups = new ArrayList<>();
        for (int g = in.number(); g > 0; g--) {
            String name = in.text();
            CdfTables tables = in.tables();
            byte[] hyper = in.bytes();
            List<OperatingStep> steps = new ArrayList<>();
            for (int s = in.number(); s > 0; s--) {
                steps.add(new OperatingStep(in.number(), in.single(), in.signed()));
            }
            List<Picture> pictures = new ArrayList<>();
            for (int p = in.number(); p > 0; p--) {
                pictures.add(picture(in, steps));
            }
            List<Case> cases = new ArrayList<>();
            for (int c = in.number(); c > 0; c--) {
                String title = in.text();
                byte[] slice = in.bytes();
                Verdict verdict = Verdict.read(in);
                cases.add(new Case(title, slice, verdict, verdict.accepted()
                        ? new DecodedSlice(in.number(), in.number(), in.number(), in.number(), in.floats())
                        : null));
            }
            groups.add(new SliceGroup(name, tables, hyper, steps, pictures, cases));
        }
        in.end();
        return groups;
    }

    private static Picture picture(CaseReader in, List<OperatingStep> steps) {
        OperatingStep step = steps.get(in.number());
        SliceLimits limits = new SliceLimits(in.number(), in.number());
        int count = in.number();
        float[] tokens = in.floats();
        TokenLatents latents = new TokenLatents(count, tokens.length / count, tokens, in.ints(), in.ints());
        List<byte[]> slices = new ArrayList<>();
        for (int s = in.number(); s > 0; s--) {
            slices.add(in.bytes());
        }
        return new Picture(step, limits, latents, slices);
    }
}
