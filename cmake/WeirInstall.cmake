# Install rules: libweir (headers, CMake package, pkg-config file), the weir command, its man page,
# completions and documents.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(weir_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/weir)
install(TARGETS weir_command RUNTIME)
install(TARGETS libweir EXPORT weir_targets ARCHIVE LIBRARY)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/weir DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(EXPORT weir_targets NAMESPACE weir:: FILE weir-targets.cmake DESTINATION ${weir_package_dir})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/weir-config.cmake.in ${PROJECT_BINARY_DIR}/weir-config.cmake
                              INSTALL_DESTINATION ${weir_package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/weir-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/weir-config.cmake ${PROJECT_BINARY_DIR}/weir-config-version.cmake
        DESTINATION ${weir_package_dir})

# Who links the static library needs what it was built on; who links the shared one does not.
if(BUILD_SHARED_LIBS)
  set(WEIR_PC_REQUIRES_FIELD "Requires.private")
else()
  set(WEIR_PC_REQUIRES_FIELD "Requires")
endif()
# Relative, so that the package works wherever it is put.
file(RELATIVE_PATH WEIR_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" WEIR_PC_TO_PREFIX ${WEIR_PC_TO_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/weir.pc.in ${PROJECT_BINARY_DIR}/weir.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/weir.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

file(GLOB WEIR_DOCUMENTS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/*.md)
install(FILES ${WEIR_DOCUMENTS} DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/docs/man/weir.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/completions/weir.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME weir)
install(FILES ${PROJECT_SOURCE_DIR}/completions/_weir DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${PROJECT_SOURCE_DIR}/completions/weir.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
