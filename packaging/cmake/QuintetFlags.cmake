# One target carries every flag; every room links it.
add_library(quintet_flags INTERFACE)
target_compile_features(quintet_flags INTERFACE cxx_std_23)
target_compile_options(quintet_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wold-style-cast -Woverloaded-virtual -Wnon-virtual-dtor -Wcast-align
  -Wimplicit-fallthrough -Wundef -Wno-missing-field-initializers -Wno-maybe-uninitialized -Werror=return-type -Werror=switch
  -fno-plt -fstack-protector-strong -fvisibility=hidden)
# What is built for users does not depend on where.
target_compile_options(quintet_flags INTERFACE
  $<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.> $<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_BINARY_DIR}=build>)
target_compile_definitions(quintet_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY
  QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS
  QT_DISABLE_DEPRECATED_UP_TO=0x060800
  QUINTET_VERSION="${PROJECT_VERSION}")
set_property(TARGET quintet_flags PROPERTY INTERFACE_POSITION_INDEPENDENT_CODE ON)

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  target_link_options(quintet_flags INTERFACE -fuse-ld=mold)
endif()
target_link_options(quintet_flags INTERFACE -Wl,--as-needed)
