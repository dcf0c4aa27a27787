# Install rules: libweir (headers, CMake package, pkg-config file) and the weir command.
