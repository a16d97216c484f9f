package dev.tandem.hil.lab.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.PackMethods;
import dev.tandem.method.tofc.CodecExample;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tokens.DecodedSlice;
import dev.tandem.pack.Pack;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FatSliceTest {

    static Pack tiny() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("models"))) {
            folder = folder.getParent();
        }
        return Pack.open(folder.resolve("models/tiny-vqa"));
    }

    @Test
    void decodesToMoreTokensThanAnyPointHas() {
        PackMethods methods = PackMethods.of(tiny());
        CodecExample example = CodecExample.of(methods.section(methods.defaultPoint().method())).orElseThrow();
        byte[] slice = FatSlice.make(example);
        assertTrue(slice.length <= 65_535, slice.length + " bytes");
        try (SliceCodec codec = SliceCodec.plain(example.model())) {
            DecodedSlice decoded = codec.decode(slice); // its check sum is right, or this throws
            assertEquals(decoded.count(), decoded.total());
            assertTrue(decoded.count() > 256, decoded.count() + " tokens");
        }
    }
}
