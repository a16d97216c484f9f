package dev.tandem.image.made;

/** Ways to say what a JPEG's components are, and what libjpeg makes of them. */
enum JpegColour {
    GREY(1, "grey", true, -1), JFIF(3, "YCbCr", true, -1, 1, 2, 3), JFIF_ODD_IDS(3, "YCbCr", true, -1, 7, 9,
            200), JFIF_RGB_IDS(3, "YCbCr", true, -1, 'R', 'G', 'B'), JFIF_ADOBE_0(3, "YCbCr", true, 0, 1, 2,
                    3), ADOBE_0(3, "RGB", false, 0, 1, 2, 3), ADOBE_0_RGB_IDS(3, "RGB", false, 0, 'R', 'G',
                            'B'), ADOBE_1(3, "YCbCr", false, 1, 1, 2, 3), ADOBE_1_RGB_IDS(3, "YCbCr", false, 1, 'R',
                                    'G', 'B'), ADOBE_2(3, "YCbCr", false, 2, 1, 2, 3), ADOBE_77(3, "YCbCr", false, 77,
                                            0, 1, 2), BARE(3, "YCbCr", false, -1, 1, 2, 3), BARE_FROM_0(3, "YCbCr",
                                                    false, -1, 0, 1,
                                                    2), BARE_ODD_IDS(3, "YCbCr", false, -1, 3, 2, 1), BARE_SMALL_RGB(3,
                                                            "YCbCr", false, -1, 'r', 'g', 'b'), BARE_RGB_IDS(3, "RGB",
                                                                    false, -1, 'R', 'G', 'B'), CMYK(4, "CMYK", false, 0,
                                                                            1, 2, 3, 4), BARE_CMYK(4, "CMYK", false, -1,
                                                                                    'C', 'M', 'Y', 'K'), JFIF_CMYK(4,
                                                                                            "CMYK", true, -1, 1, 2, 3,
                                                                                            4), YCCK(4, "YCCK", false,
                                                                                                    2, 1, 2, 3,
                                                                                                    4), ADOBE_1_OF_4(4,
                                                                                                            "YCCK",
                                                                                                            false, 1, 0,
                                                                                                            1, 2, 3);

    final int components;
    final String means;
    final boolean jfif;
    /** Adobe's transform; -1 for no such segment. */
    final int adobe;
    final int[] ids;

    JpegColour(int components, String means, boolean jfif, int adobe, int... ids) {
        this.components = components;
        this.means = means;
        this.jfif = jfif;
        this.adobe = adobe;
        this.ids = components == 1 ? new int[]{1} : ids;
    }
}
