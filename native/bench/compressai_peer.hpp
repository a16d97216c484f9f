// CompressAI's own compiled coder, called at its C++ entry points: no list is converted. They are not exported, but the
// wheel's module keeps its symbol table, which says where they are. Its encoder returns a Python bytes object, so
// libpython is loaded too.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <dlfcn.h>
#include <elf.h>

namespace tandem::bench {

class CompressAi {
public:
    using Ints = std::vector<std::int32_t>;
    using Rows = std::vector<Ints>;

    // TANDEM_COMPRESSAI: the wheel's ans.cpython-*.so. TANDEM_LIBPYTHON: the libpython of that version.
    CompressAi() {
        const char *module = std::getenv("TANDEM_COMPRESSAI");
        const char *python = std::getenv("TANDEM_LIBPYTHON");
        if (module == nullptr || python == nullptr) {
            std::fprintf(stderr, "no peer: set TANDEM_COMPRESSAI and TANDEM_LIBPYTHON\n");
            return;
        }
        void *runtime = dlopen(python, RTLD_NOW | RTLD_GLOBAL);
        void *coder = runtime != nullptr ? dlopen(module, RTLD_LAZY | RTLD_LOCAL) : nullptr;
        if (coder == nullptr) {
            std::fprintf(stderr, "no peer: %s\n", dlerror());
            return;
        }
        reinterpret_cast<void (*)(int)>(dlsym(runtime, "Py_InitializeEx"))(0);
        bytes_size_ = reinterpret_cast<BytesSize>(dlsym(runtime, "PyBytes_Size"));
        bytes_text_ = reinterpret_cast<BytesText>(dlsym(runtime, "PyBytes_AsString"));
        release_ = reinterpret_cast<Release>(dlsym(runtime, "Py_DecRef"));
        find(module, coder);
    }

    bool ready() const noexcept { return encode_ != nullptr && decode_ != nullptr; }

    // The bytes object is released by drop; text and size read it.
    struct Bytes {
        void *object;
        ~Bytes() {} // as the module's own type: returned in memory
    };

    Bytes encode(const Ints &values, const Ints &rows, const Rows &cdf, const Ints &lengths,
                 const Ints &offsets) const {
        return encode_(const_cast<std::uint64_t *>(self_), values, rows, cdf, lengths, offsets);
    }
    std::string text(const Bytes &b) const {
        return {bytes_text_(b.object), static_cast<std::size_t>(bytes_size_(b.object))};
    }
    void drop(const Bytes &b) const { release_(b.object); }

    Ints decode(const std::string &stream, const Ints &rows, const Rows &cdf, const Ints &lengths,
                const Ints &offsets) const {
        return decode_(const_cast<std::uint64_t *>(self_), stream, rows, cdf, lengths, offsets);
    }

private:
    using BytesSize = std::ptrdiff_t (*)(void *);
    using BytesText = const char *(*)(void *);
    using Release = void (*)(void *);
    // Member functions: the object comes first, behind the place for a result that is returned in memory.
    using Encode = Bytes (*)(void *, const Ints &, const Ints &, const Rows &, const Ints &, const Ints &);
    using Decode = Ints (*)(void *, const std::string &, const Ints &, const Rows &, const Ints &, const Ints &);

    void find(const char *path, void *coder) {
        std::ifstream in(path, std::ios::binary);
        const std::vector<char> file{std::istreambuf_iterator<char>(in), {}};
        const auto *head = reinterpret_cast<const Elf64_Ehdr *>(file.data());
        const auto *sections = reinterpret_cast<const Elf64_Shdr *>(file.data() + head->e_shoff);
        const char *base = nullptr;
        for (int pass = 0; pass < 2; ++pass)
            for (int s = 0; s < head->e_shnum; ++s) {
                if (sections[s].sh_type != SHT_SYMTAB)
                    continue;
                const char *names = file.data() + sections[sections[s].sh_link].sh_offset;
                const auto *symbols = reinterpret_cast<const Elf64_Sym *>(file.data() + sections[s].sh_offset);
                for (std::size_t i = 0; i < sections[s].sh_size / sizeof(Elf64_Sym); ++i) {
                    const char *name = names + symbols[i].st_name;
                    if (pass == 0 && std::strcmp(name, "PyInit_ans") == 0)
                        base = static_cast<const char *>(dlsym(coder, name)) - symbols[i].st_value;
                    else if (pass == 1 && base != nullptr)
                        take(name, base + symbols[i].st_value);
                }
            }
        if (!ready())
            std::fprintf(stderr, "no peer: %s has no symbols of its coder\n", path);
    }

    void take(const std::string &name, const char *at) {
        const auto is = [&](const char *start) {
            return name.rfind(start, 0) == 0 && name.find(".cold") == std::string::npos;
        };
        if (is("_ZN11RansEncoder19encode_with_indexes"))
            encode_ = reinterpret_cast<Encode>(const_cast<char *>(at));
        else if (is("_ZN11RansDecoder19decode_with_indexes"))
            decode_ = reinterpret_cast<Decode>(const_cast<char *>(at));
    }

    BytesSize bytes_size_ = nullptr;
    BytesText bytes_text_ = nullptr;
    Release release_ = nullptr;
    Encode encode_ = nullptr;
    Decode decode_ = nullptr;
    std::uint64_t self_[64] = {}; // neither function reads its object
};

} // namespace tandem::bench
