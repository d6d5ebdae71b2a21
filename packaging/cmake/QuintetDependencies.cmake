# What Quintet is built from, found in one place.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

find_package(Qt6 6.8 REQUIRED COMPONENTS Core Network Sql Concurrent)
find_package(QCoro6 0.11 REQUIRED COMPONENTS Core)
find_package(Qt6Keychain REQUIRED)
<<<<<<< HEAD
find_package(md4c REQUIRED)
=======
find_package(simdjson REQUIRED)
>>>>>>> main
find_package(PkgConfig REQUIRED)
pkg_check_modules(poppler REQUIRED IMPORTED_TARGET poppler-cpp)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(uchardet REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
find_path(LIBSTEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(LIBSTEMMER_LIBRARY stemmer REQUIRED)
add_library(stemmer INTERFACE)
target_include_directories(stemmer SYSTEM INTERFACE ${LIBSTEMMER_INCLUDE_DIR})
target_link_libraries(stemmer INTERFACE ${LIBSTEMMER_LIBRARY})

if(QUINTET_WINDOW)
  find_package(Qt6 6.8 REQUIRED COMPONENTS Widgets Pdf)
  find_package(KF6SyntaxHighlighting REQUIRED)
endif()
if(QUINTET_TESTS)
  find_package(Qt6 6.8 REQUIRED COMPONENTS Test)
endif()
