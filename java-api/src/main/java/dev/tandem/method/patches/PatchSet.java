package dev.tandem.method.patches;

import dev.tandem.method.Evidence;

/**
 * Patches that reached the edge, with their places in the picture. The arrays are not copied.
 *
 * @param grid      of the picture
 * @param positions places in raster order, rising
 * @param rgb       for each place the patch's rows of interleaved RGB
 * @param total     patches of the map; more than are here when slices were lost
 * @param guess     of the device
 * @param fuse      weight of that guess
 */
record PatchSet(PatchGrid grid, int[] positions, byte[][] rgb, int total, Guess guess, double fuse)
        implements
            Evidence {
    @Override
    public int used() {
        return positions.length;
    }
}
