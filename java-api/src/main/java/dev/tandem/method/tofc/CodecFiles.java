package dev.tandem.method.tofc;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.pack.Manifest;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Refusals;
import dev.tandem.pack.Sha256;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;

/** The last check: tables and integer network parse, and have the sizes that the manifest declares. */
public final class CodecFiles {
    private static final String READING = "reading";
    private static final String AGAIN = "export the pack again; tables and network must come from one training run";

    private CodecFiles() {
    }

    public static Pack read(Refusals refusals, Manifest manifest, Map<String, byte[]> kept, byte[] hash) {
        CodecSpec spec = manifest.codec();
        if (spec == null) {
            return new Pack(refusals.folder(), manifest, hash, Sha256.of(), null, null);
        }
        byte[] tableBytes = kept.get(spec.tables());
        byte[] hyperBytes = kept.get(spec.hyper());
        CdfTables tables = parse(refusals, spec.tables(), tableBytes, CdfTables::read,
                "CDF tables as in docs/pack.md section 3.1, every row rising strictly from 0 to 65536");
        ReferenceHyperSynthesis hyper = parse(refusals, spec.hyper(), hyperBytes, ReferenceHyperSynthesis::read,
                "an integer network as in docs/pack.md section 3.2");
        if (tables.rows() != spec.tableRows()) {
            throw refusals.file(READING, spec.tables(), tables.rows() + " rows", spec.tableRows() + " rows: 1 + "
                    + spec.experts() + " experts x " + spec.hyperWidth() + " channels + 64 scales", AGAIN);
        }
        if (hyper.experts() != spec.experts() || hyper.hyperWidth() != spec.hyperWidth()
                || hyper.tokenWidth() != spec.tokenWidth()) {
            throw refusals.file(READING, spec.hyper(),
                    sizes(hyper.experts(), hyper.hyperWidth(), hyper.tokenWidth()),
                    sizes(spec.experts(), spec.hyperWidth(), spec.tokenWidth()) + " as the manifest's codec says",
                    AGAIN);
        }
        return new Pack(refusals.folder(), manifest, hash, Sha256.of(tableBytes, hyperBytes), tables, hyper);
    }

    private static <T> T parse(Refusals refusals, String path, byte[] bytes, Function<ByteBuffer, T> reader,
            String needed) {
        try {
            return reader.apply(ByteBuffer.wrap(bytes));
        } catch (CorruptBitstreamException | IllegalArgumentException e) {
            throw refusals.file(READING, path, e, needed, AGAIN);
        }
    }

    private static String sizes(int experts, int hyperWidth, int tokenWidth) {
        return experts + " experts, z of width " + hyperWidth + ", tokens of width " + tokenWidth;
    }
}
