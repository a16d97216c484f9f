package dev.tandem.foreign;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/** Turns names of one loaded library into method handles. */
final class NativeSymbols {
    private static final Linker LINKER = Linker.nativeLinker();

    private final Path file;
    private final SymbolLookup lookup;

    NativeSymbols(Path file, SymbolLookup lookup) {
        this.file = file;
        this.lookup = lookup;
    }

    @SuppressWarnings("restricted") // this package is where native code is linked
    MethodHandle link(String name, FunctionDescriptor signature, Linker.Option... options) {
        return lookup.find(name).map(address -> LINKER.downcallHandle(address, signature, options))
                .orElseThrow(() -> new NativeUnavailableException("function [" + name + "]",
                        List.of("the library [" + file + "] does not have it: rebuild native/")));
    }
}
