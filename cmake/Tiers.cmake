# A source file's name ends in the tier it is compiled for: kernel_avx2.cpp gets AVX2 and is left out on other machines.
# Files without such an ending belong to the architecture's baseline, kernel_scalar.cpp too; kernels_x86.cpp lists what an
# architecture has. No file is tuned to the building machine.
set(tier_x86 "")
set(tier_avx2 -mavx2 -mfma -mbmi -mbmi2)
# GCC 12 sees an uninitialised variable in its own AVX-512 header.
set(tier_avx512 ${tier_avx2} $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -mavx512f -mavx512bw -mavx512dq -mavx512vl)
set(tier_vnni ${tier_avx512} -mavx512vnni)
set(tier_amx ${tier_vnni} -mamx-tile -mamx-int8 -mamx-bf16 -mavx512bf16)
set(tier_aarch64 "")
set(tier_neon "")
set(tier_dotprod -march=armv8.2-a+dotprod)
set(tier_other "")
set(tiers_of_x86 x86 avx2 avx512 vnni amx)
set(tiers_of_aarch64 aarch64 neon dotprod)
set(tiers_of_other other)

# tandem_tiered_sources(target folder): every *.cpp below folder that belongs to this architecture (variable family);
# the folder cuda has a library of its own.
function(tandem_tiered_sources target folder)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*.cpp)
    list(FILTER files EXCLUDE REGEX "/cuda/")
    # A misspelt tier would be compiled for the baseline and never be noticed where that is enough.
    set(known scalar)
    foreach(other IN ITEMS x86 aarch64 other)
        list(APPEND known ${tiers_of_${other}})
    endforeach()
    foreach(file IN LISTS files)
        set(wanted TRUE)
        if(file MATCHES "/kernel_([^/]*)\\.cpp$" AND NOT CMAKE_MATCH_1 IN_LIST known)
            message(FATAL_ERROR "${file} is of tier [${CMAKE_MATCH_1}], known are [${known}]: name it in cmake/Tiers.cmake")
        endif()
        foreach(other IN ITEMS x86 aarch64 other)
            foreach(tier IN LISTS tiers_of_${other})
                if(file MATCHES "_${tier}\\.cpp$")
                    if(other STREQUAL family)
                        set_source_files_properties(${file} PROPERTIES COMPILE_OPTIONS "${tier_${tier}}")
                    else()
                        set(wanted FALSE)
                    endif()
                endif()
            endforeach()
        endforeach()
        if(wanted)
            target_sources(${target} PRIVATE ${file})
        endif()
    endforeach()
endfunction()
