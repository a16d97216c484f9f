package dev.tandem.engine.onnx;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.SessionOptions;

/**
 * Weights that do not lie beside their graph, which is where the runtime looks for them: mapped, and handed over under
 * the names that the graph has for them. The runtime takes all of a graph's weights so, or none. To be kept as long as
 * the session, which may read them where they are.
 */
final class LentData implements AutoCloseable {
    private final Arena arena;
    private final List<String> names = new ArrayList<>();
    private final List<MemorySegment> contents = new ArrayList<>();

    /**
     * @param files by the graph's name for them
     * @param memory whose arena keeps them; pages of files are not counted
     * @throws UncheckedIOException for one that cannot be read
     */
    LentData(Map<String, Path> files, MemoryAccount memory) {
        arena = CountedArena.shared(memory);
        files.forEach((name, file) -> {
            try (FileChannel channel = FileChannel.open(file)) {
                names.add(name);
                contents.add(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            } catch (IOException e) {
                arena.close();
                throw new UncheckedIOException("cannot read the weights [" + file + "]", e);
            }
        });
    }

    /** Within a scope of pointers, before the session is made. */
    void lendTo(SessionOptions options) {
        int count = names.size();
        if (count == 0) {
            return;
        }
        Pointer[] cStrings = names.stream().map(OnnxRuntime::cString).toArray(Pointer[]::new);
        Pointer[] addresses = contents.stream().map(OnnxAddress::of).toArray(Pointer[]::new);
        long[] lengths = contents.stream().mapToLong(MemorySegment::byteSize).toArray();
        OnnxRuntime.check(
                OnnxRuntime.api().AddExternalInitializersFromFilesInMemory(options.asOrtSessionOptions(),
                        new PointerPointer<>(cStrings), new PointerPointer<>(addresses), new SizeTPointer(lengths),
                        count),
                "lend the weights " + names);
    }

    @Override
    public void close() {
        arena.close();
    }
}
