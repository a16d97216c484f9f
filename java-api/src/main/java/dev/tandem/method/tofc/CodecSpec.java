package dev.tandem.method.tofc;

/**
 * The entropy codec's files and sizes (docs/pack.md section 3).
 *
 * @param tables     path of the CDF tables
 * @param hyper      path of the integer hyper-synthesis network
 * @param experts    experts that the router chooses among
 * @param tokenWidth width of a token, and of y
 * @param hyperWidth width of z
 */
public record CodecSpec(String tables, String hyper, int experts, int tokenWidth, int hyperWidth) {
    /** Rows that the tables must have: expert ids, z per expert and channel, 64 scales of y. */
    public int tableRows() {
        return 1 + experts * hyperWidth + 64;
    }
}
