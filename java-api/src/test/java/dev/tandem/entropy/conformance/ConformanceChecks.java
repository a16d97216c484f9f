package dev.tandem.entropy.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CodecModel;
import dev.tandem.entropy.DecodedSlice;
import dev.tandem.entropy.HyperSynthesis;
import dev.tandem.entropy.RansCoder;
import dev.tandem.entropy.SliceCodec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every check of the conformance set over every implementation that this machine can run, each under its own name. */
final class ConformanceChecks {
    private final Map<String, Runnable> checks = new LinkedHashMap<>();

    private ConformanceChecks() {
    }

    /** Run each; a difference is an {@link AssertionError}. */
    static Map<String, Runnable> all() {
        ConformanceChecks all = new ConformanceChecks();
        List<FileCase> tables = FileCase.readTables(ConformanceSet.committed(FileCase.TABLES));
        all.checks.put("tables", () -> tables.forEach(
                c -> Differences.none(c.name(), c.verdict(),
                        Verdict.of(c.file(), f -> CdfTables.read(ByteBuffer.wrap(f))))));
        List<StreamGroup> streams = StreamGroup.read(ConformanceSet.committed(StreamGroup.FILE));
        Coders.all().forEach((name, coder) -> streams.forEach(
                group -> all.checks.put("streams, " + name + ", " + group.name(), () -> streams(group, coder))));
        HyperGroup.Set networks = HyperGroup.read(ConformanceSet.committed(HyperGroup.FILE));
        List<SliceGroup> slices = SliceGroup.read(ConformanceSet.committed(SliceGroup.FILE));
        Networks.readers().forEach((name, reader) -> {
            networks.groups().forEach(
                    group -> all.checks.put("hyper, " + name + ", " + group.name(), () -> network(group, reader)));
            all.checks.put("hyper files, " + name, () -> networks.files().forEach(c -> Differences.none(c.name(),
                    c.verdict(), Verdict.of(c.file(), f -> reader.apply(ByteBuffer.wrap(f))))));
            slices.forEach(group -> {
                CodecModel model = group.model(reader);
                for (RansCoder coder : List.of(RansCoder.reference(model.tables()), RansCoder.of(model.tables()))) {
                    all.checks.put("slices, " + name + ", " + coder + ", " + group.name(),
                            () -> slices(group, new SliceCodec(model, coder)));
                }
            });
        });
        return all.checks;
    }

    private static void streams(StreamGroup group, Coders.Factory factory) {
        Coders.Coder coder = factory.over(group.tables());
        for (StreamGroup.Case c : group.cases()) {
            int[] values = new int[c.rows().length];
            Verdict verdict = Verdict.of(c.stream(), stream -> coder.decode(c.rows(), stream, values));
            Differences.none(c.name(), c.verdict(), verdict);
            if (verdict.accepted()) {
                Differences.none(c.name(), c.values(), values);
                Differences.none(c.name(), c.stream(), coder.encode(c.rows(), values));
            }
        }
    }

    private static void network(HyperGroup group, Function<ByteBuffer, HyperSynthesis> reader) {
        HyperSynthesis hyper = reader.apply(ByteBuffer.wrap(group.file()));
        for (HyperGroup.Run run : group.runs()) {
            int[] mean = new int[run.mean().length];
            int[] scale = new int[mean.length];
            hyper.run(run.expert(), run.z(), 0, mean, scale, 0);
            Differences.none("means", run.mean(), mean);
            Differences.none("logits", run.scale(), scale);
        }
        for (HyperGroup.Index index : group.indices()) {
            Differences.none(index.toString(), index.index(), hyper.scaleIndex(index.logit(), index.shift()));
        }
    }

    private static void slices(SliceGroup group, SliceCodec codec) {
        for (SliceGroup.Picture picture : group.pictures()) {
            List<byte[]> slices = codec.encode(picture.latents(), picture.step(), picture.limits());
            Differences.none("slices of a picture", picture.slices().toArray(), slices.toArray());
        }
        for (SliceGroup.Case c : group.cases()) {
            DecodedSlice[] decoded = new DecodedSlice[1];
            Differences.none(c.name(), c.verdict(), Verdict.of(c.slice(), s -> decoded[0] = codec.decode(s)));
            if (c.verdict().accepted()) {
                DecodedSlice d = decoded[0];
                Differences.none(c.name(),
                        new int[]{c.decoded().operatingPoint(), c.decoded().firstRank(), c.decoded().count(),
                                c.decoded().total()},
                        new int[]{d.operatingPoint(), d.firstRank(), d.count(), d.total()});
                Differences.none(c.name(), c.decoded().values(), d.values());
            }
        }
    }
}
