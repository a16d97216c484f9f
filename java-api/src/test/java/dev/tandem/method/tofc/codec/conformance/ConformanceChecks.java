package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.RansCoder;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.HyperSynthesis;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.method.tokens.SliceOutcome;
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
        LatentGroup.read(ConformanceSet.committed(LatentGroup.FILE)).forEach(
                group -> all.checks.put("latents, " + group.name(), () -> LatentChecks.check(group)));
        HyperGroup.Set networks = HyperGroup.read(ConformanceSet.committed(HyperGroup.FILE));
        List<SliceGroup> slices = SliceGroup.read(ConformanceSet.committed(SliceGroup.FILE));
        Networks.readers().forEach((name, reader) -> {
            networks.groups().forEach(
                    group -> all.checks.put("hyper, " + name + ", " + group.name(), () -> network(group, reader)));
            all.checks.put("hyper files, " + name, () -> networks.files().forEach(c -> Differences.none(c.name(),
                    c.verdict(), Verdict.of(c.file(), f -> reader.apply(ByteBuffer.wrap(f)).close()))));
            slices.forEach(group -> {
                all.checks.put("slices, " + name + ", " + group.name(), () -> slices(group, reader));
            });
        });
        return all.checks;
    }

    /** All streams of the group at once, so that the damaged ones run beside the others; then each alone. */
    private static void streams(StreamGroup group, Coders.Factory factory) {
        try (Coders.Coder coder = factory.over(group.tables())) {
            streams(group.cases(), coder);
            group.cases().forEach(c -> streams(List.of(c), coder));
            group.cases().stream().filter(c -> c.verdict().accepted()).forEach(
                    c -> Differences.none(c.name(), c.stream(), coder.encode(c.rows(), c.values())));
        }
    }

    private static void streams(List<StreamGroup.Case> cases, Coders.Coder coder) {
        int[][] values = cases.stream().map(c -> new int[c.rows().length]).toArray(int[][]::new);
        CorruptBitstreamException[] wrong = coder.decode(
                cases.stream().map(StreamGroup.Case::rows).toArray(int[][]::new),
                cases.stream().map(StreamGroup.Case::stream).toArray(byte[][]::new), values);
        for (int s = 0; s < wrong.length; s++) {
            StreamGroup.Case c = cases.get(s);
            Differences.none(c.name(), c.verdict(), Verdict.of(wrong[s]));
            if (c.verdict().accepted()) {
                Differences.none(c.name(), c.values(), values[s]);
            }
        }
    }

    private static void network(HyperGroup group, Function<ByteBuffer, HyperSynthesis> reader) {
        try (HyperSynthesis hyper = reader.apply(ByteBuffer.wrap(group.file()))) {
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
    }

    /** That network with the plain coder and with the best; then the codec as methods make it. */
    private static void slices(SliceGroup group, Function<ByteBuffer, HyperSynthesis> reader) {
        MemoryAccount memory = MemoryAccount.process().owner("test");
        CodecModel model = group.model();
        try (HyperSynthesis hyper = reader.apply(ByteBuffer.wrap(group.hyper()));
                RansCoder coder = RansCoder.of(model.tables(), memory);
                SliceCodec best = SliceCodec.over(model, hyper, coder);
                SliceCodec plain = SliceCodec.plain(model, hyper);
                SliceCodec own = new SliceCodec(model, memory)) {
            slices(group, best);
            slices(group, plain);
            slices(group, own);
        }
    }

    private static void slices(SliceGroup group, SliceCodec codec) {
        for (SliceGroup.Picture picture : group.pictures()) {
            List<byte[]> slices = codec.encode(picture.latents(), picture.step(), picture.limits());
            Differences.none("slices of a picture", picture.slices().toArray(), slices.toArray());
        }
        slices(group.cases(), codec.decodeAll(group.cases().stream().map(SliceGroup.Case::slice).toList()));
        group.cases().forEach(c -> slices(List.of(c), codec.decodeAll(List.of(c.slice()))));
    }

    private static void slices(List<SliceGroup.Case> cases, List<SliceOutcome> outcomes) {
        for (int s = 0; s < cases.size(); s++) {
            SliceGroup.Case c = cases.get(s);
            Differences.none(c.name(), c.verdict(), Verdict.of(outcomes.get(s).failure()));
            if (c.verdict().accepted()) {
                DecodedSlice d = outcomes.get(s).slice();
                Differences.none(c.name(),
                        new int[]{c.decoded().operatingPoint(), c.decoded().firstRank(), c.decoded().count(),
                                c.decoded().total()},
                        new int[]{d.operatingPoint(), d.firstRank(), d.count(), d.total()});
                Differences.none(c.name(), c.decoded().values(), d.values());
            }
        }
    }
}
