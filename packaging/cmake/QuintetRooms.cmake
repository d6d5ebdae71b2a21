# quintet_room(NAME [ROOMS room...] [LINKS target...] SOURCES file...)
#
# A room is one static library made from one folder. Its headers are seen as "NAME/header.h", and only by the
# rooms that name it (or name one that does): each room exports an include folder that holds nothing but a link
# to itself, so that an include against the direction of the house does not compile.
function(quintet_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LINKS;SOURCES" ${ARGN})
  string(REPLACE "/" "_" target "room_${name}")
  set(include_root ${CMAKE_BINARY_DIR}/include/${target})
  get_filename_component(parent ${include_root}/${name} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${include_root}/${name} SYMBOLIC)

  add_library(${target} STATIC ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC ${include_root})
  target_link_libraries(${target} PUBLIC quintet_flags Qt6::Core QCoro6::Core)
  foreach(room IN LISTS ROOM_ROOMS)
    string(REPLACE "/" "_" dependency "room_${room}")
    target_link_libraries(${target} PUBLIC ${dependency})
  endforeach()
  target_link_libraries(${target} PRIVATE ${ROOM_LINKS})
  if(name MATCHES "^ui/")
    target_link_libraries(${target} PUBLIC Qt6::Widgets)
    quintet_precompile(${target} UI <QtWidgets>)
  else()
    quintet_precompile(${target} ROOM)
  endif()
endfunction()

# quintet_precompile(TARGET KIND [header...])
#
# One precompiled header for all targets of a kind, since a compiler takes it up only under the same flags: the first
# target of a kind makes it, with the further headers that it names, the others use it again.
function(quintet_precompile target kind)
  if(NOT QUINTET_PRECOMPILE)
    return()
  endif()
  get_property(owner GLOBAL PROPERTY QUINTET_PRECOMPILED_${kind})
  if(owner)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  else()
    set_property(GLOBAL PROPERTY QUINTET_PRECOMPILED_${kind} ${target})
    target_precompile_headers(${target} PRIVATE
      <QByteArray> <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QObject> <QString>
      <QStringList> <QUrl> <chrono> <expected> <functional> <memory> <optional> <qcorotask.h> <stop_token>
      <utility> <variant> <vector> ${ARGN})
  endif()
endfunction()
