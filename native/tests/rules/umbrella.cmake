# Every public header must be in tandem.h.
file(READ ${INCLUDE}/tandem/tandem.h umbrella)
file(GLOB headers RELATIVE ${INCLUDE} ${INCLUDE}/tandem/*.h)
foreach(header IN LISTS headers)
    string(FIND "${umbrella}" "#include <${header}>" at)
    if(at EQUAL -1 AND NOT header STREQUAL "tandem/tandem.h")
        message(SEND_ERROR "tandem/tandem.h does not include <${header}>")
    endif()
endforeach()
