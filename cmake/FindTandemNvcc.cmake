# Finds nvcc 12.8 or later, for the CUDA library. Looked for, in this order:
#   -DTANDEM_NVCC=FILE, $CUDACXX, $CUDA_HOME/bin, the Python environment -DTANDEM_NVCC_VENV=FOLDER (made by
#   cmake/fetch-nvcc), the PATH, /usr/local/cuda/bin
# Sets TandemNvcc_FOUND, TandemNvcc_COMPILER, TandemNvcc_VERSION, TandemNvcc_REASON (why not), and
# TandemNvcc_ARCHITECTURES: those of TANDEM_CUDA_ARCHITECTURES that this compiler knows, the last one as PTX too.
set(TANDEM_CUDA_ARCHITECTURES 80 86 87 89 90 100 110 120 CACHE STRING "compute capabilities to compile for")
set(TANDEM_NVCC_VENV "" CACHE PATH "Python environment that cmake/fetch-nvcc made")

set(folders $ENV{CUDA_HOME}/bin)
file(GLOB wheels ${TANDEM_NVCC_VENV}/lib/python3*/site-packages/nvidia/cu*/bin)
if(TANDEM_NVCC_VENV)
    list(APPEND folders ${wheels})
endif()
if(DEFINED ENV{CUDACXX})
    set(TANDEM_NVCC $ENV{CUDACXX} CACHE FILEPATH "the CUDA compiler")
endif()
find_program(TANDEM_NVCC nvcc HINTS ${folders} PATHS /usr/local/cuda/bin DOC "the CUDA compiler")

set(TandemNvcc_COMPILER ${TANDEM_NVCC})
set(TandemNvcc_REASON "nvcc not found (CUDA toolkit, or cmake/fetch-nvcc and -DTANDEM_NVCC_VENV=FOLDER)")
set(TandemNvcc_ARCHITECTURES "")
if(TANDEM_NVCC)
    execute_process(COMMAND ${TANDEM_NVCC} --version OUTPUT_VARIABLE words ERROR_QUIET)
    execute_process(COMMAND ${TANDEM_NVCC} --list-gpu-code OUTPUT_VARIABLE known ERROR_QUIET)
    if(words MATCHES "release ([0-9]+\\.[0-9]+)")
        set(TandemNvcc_VERSION ${CMAKE_MATCH_1})
    endif()
    foreach(architecture IN LISTS TANDEM_CUDA_ARCHITECTURES)
        if(known MATCHES "sm_${architecture}[^0-9]")
            list(APPEND TandemNvcc_ARCHITECTURES ${architecture})
        else()
            message(NOTICE "SKIPPED sm_${architecture}: ${TANDEM_NVCC} does not offer it")
        endif()
    endforeach()
    if(NOT TandemNvcc_ARCHITECTURES)
        set(TandemNvcc_COMPILER "")
        set(TandemNvcc_REASON "${TANDEM_NVCC} offers none of [${TANDEM_CUDA_ARCHITECTURES}]")
    elseif(TandemNvcc_VERSION VERSION_LESS TandemNvcc_FIND_VERSION)
        set(TandemNvcc_REASON "${TANDEM_NVCC} is version ${TandemNvcc_VERSION}, needed is ${TandemNvcc_FIND_VERSION}")
    endif()
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(TandemNvcc REQUIRED_VARS TandemNvcc_COMPILER VERSION_VAR TandemNvcc_VERSION
    REASON_FAILURE_MESSAGE "${TandemNvcc_REASON}")
