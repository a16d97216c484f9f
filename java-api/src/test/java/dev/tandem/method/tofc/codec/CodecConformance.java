package dev.tandem.method.tofc.codec;

import dev.tandem.cluster.ArrayClusters;
import dev.tandem.cluster.TokenClusterer;
import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.GaussianTables;
import dev.tandem.entropy.LaplaceTables;
import dev.tandem.entropy.RandomTables;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * One SHA-256 over many seeded tables, networks, streams, slices and clusterings: equal on every machine, or that
 * machine cannot talk to the others. Needs nothing but a Java runtime.
 *
 * <p>{@code java dev.tandem.method.tofc.codec.CodecConformance} prints the hash and exits with 1 if it is not {@link
 * #EXPECTED}.
 */
public final class CodecConformance {
    /** Changes only with the bitstream's version. */
    public static final String EXPECTED = "4110a83ddd3c49d5e44f99954d82893624677fe9336313e853eb4b80b2e53cb8";

    private final MessageDigest digest;

    private CodecConformance() throws NoSuchAlgorithmException {
        digest = MessageDigest.getInstance("SHA-256");
    }

    /** Prints the hash. */
    public static void main(String[] args) throws NoSuchAlgorithmException {
        String hash = hash();
        System.out.println(System.getProperty("os.arch") + " " + Runtime.version() + " " + hash);
        System.exit(hash.equals(EXPECTED) ? 0 : 1);
    }

    /** The hash, in hexadecimal. */
    public static String hash() throws NoSuchAlgorithmException {
        CodecConformance conformance = new CodecConformance();
        conformance.streams();
        conformance.networks();
        conformance.slices(new int[]{4, 30, 3}, 12);
        conformance.slices(new int[]{16, 384, 24}, 16);
        conformance.clusters();
        return HexFormat.of().formatHex(conformance.digest.digest());
    }

    private static byte[] sha256(CdfTables tables) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(tables.toBytes());
    }

    private void streams() throws NoSuchAlgorithmException {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CdfTables tables = RandomTables.create(random);
            digest.update(sha256(tables));
            RansEncoder encoder = new RansEncoder();
            for (int i = random.nextInt(500); i > 0; i--) {
                int row = random.nextInt(tables.rows());
                encoder.put(tables, row, RandomTables.value(random, tables, row));
            }
            digest.update(encoder.finish());
        }
        digest.update(sha256(GaussianTables.of(LaplaceTables.logSpaced(64, 0.11, 256))));
    }

    private void networks() {
        SplittableRandom random = new SplittableRandom(5);
        ReferenceHyperSynthesis hyper = ReferenceHyperSynthesis
                .read(ByteBuffer.wrap(RandomHyper.file(9, 3, 96, 12, 20)));
        int[] z = new int[12];
        int[] mean = new int[96];
        int[] scale = new int[96];
        for (int i = 0; i < 200; i++) {
            for (int c = 0; c < z.length; c++) {
                z[c] = random.nextInt(-140, 140);
            }
            hyper.run(i % 3, z, 0, mean, scale, 0);
            ints(mean);
            ints(scale);
        }
    }

    private void slices(int[] shape, int tokens) throws NoSuchAlgorithmException {
        OperatingStep[] steps = {new OperatingStep(1, 0.5f, 0), new OperatingStep(2, 1.25f, -14)};
        CodecModel model = RandomCodecModels.create(7, shape[0], shape[1], shape[2], 15, steps);
        SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"));
        digest.update(sha256(model.tables()));
        for (OperatingStep step : steps) {
            for (int cut = 1; cut <= 4; cut++) {
                TokenLatents latents = RandomCodecModels.latents(model, step, cut, tokens);
                for (byte[] slice : codec.encode(latents, step, new SliceLimits(1100, cut))) {
                    digest.update(slice);
                    floats(codec.decode(slice).values());
                }
            }
        }
    }

    private void clusters() {
        SplittableRandom random = new SplittableRandom(8);
        for (int n = 20; n < 120; n += 25) {
            float[] tokens = new float[n * 37];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (float) RandomCodecModels.laplace(random);
            }
            ArrayClusters clusters = ArrayClusters.of(TokenClusterer.reference(), tokens, n, 37, 16, 5);
            ints(clusters.centres());
            ints(clusters.assignment());
            floats(clusters.merged());
            floats(clusters.importance());
        }
    }

    private void ints(int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asIntBuffer().put(values);
        digest.update(bytes);
    }

    private void floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }
}
