package dev.tandem.method.tofc;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Tables and integer network parse, fit each other and have the sizes that the section declares. */
final class CodecFiles {
    private static final String READING = "reading";
    private static final String AGAIN = "export the pack again; tables and network must come from one training run";

    private CodecFiles() {
    }

    static CodecModel read(TofcSection section) {
        Pack pack = section.pack();
        TofcFields fields = section.fields();
        Checks checks = pack.checks();
        CdfTables tables = parse(checks, fields.tables(), pack.bytes(fields.tables()), CdfTables::read,
                "CDF tables as in docs/pack.md section 3.1.1, every row rising strictly from 0 to 65536");
        ReferenceHyperSynthesis hyper = parse(checks, fields.hyper(), pack.bytes(fields.hyper()),
                ReferenceHyperSynthesis::read,
                "an integer network as in docs/pack.md section 3.1.2");
        if (tables.rows() != fields.tableRows()) {
            throw checks.file(READING, fields.tables(), tables.rows() + " rows", fields.tableRows() + " rows: 1 + "
                    + fields.experts() + " experts x " + fields.hyperWidth() + " channels + 64 scales", AGAIN);
        }
        if (hyper.experts() != fields.experts() || hyper.hyperWidth() != fields.hyperWidth()
                || hyper.tokenWidth() != fields.tokenWidth()) {
            throw checks.file(READING, fields.hyper(),
                    sizes(hyper.experts(), hyper.hyperWidth(), hyper.tokenWidth()),
                    sizes(fields.experts(), fields.hyperWidth(), fields.tokenWidth()) + " as the manifest says", AGAIN);
        }
        return new CodecModel(tables, hyper, section.points().stream()
                .map(point -> point.knobs(TofcKnobs.class).step(point.id())).toList());
    }

    private static <T> T parse(Checks checks, String path, byte[] bytes, Function<ByteBuffer, T> reader,
            String needed) {
        try {
            return reader.apply(ByteBuffer.wrap(bytes));
        } catch (CorruptBitstreamException | IllegalArgumentException e) {
            throw checks.file(READING, path, e, needed, AGAIN);
        }
    }

    private static String sizes(int experts, int hyperWidth, int tokenWidth) {
        return experts + " experts, z of width " + hyperWidth + ", tokens of width " + tokenWidth;
    }
}
