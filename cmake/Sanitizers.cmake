# TANDEM_SANITIZE: a comma-separated list for -fsanitize, for example address,undefined. Applies to everything built.
set(TANDEM_SANITIZE "" CACHE STRING "sanitizers, comma separated, empty for none")
if(TANDEM_SANITIZE)
    add_compile_options(-fsanitize=${TANDEM_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${TANDEM_SANITIZE})
endif()
