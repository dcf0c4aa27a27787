# Unity builds: the sources of one folder of a target are compiled a few at a time, which halves the time
# of a build once more. Every source can be compiled alone as well; the release preset does so.

set(weir_unity_batch 16)

# weir_unite(TARGET): call after the target has all its sources.
function(weir_unite target)
  if(NOT WEIR_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  get_target_property(source_dir ${target} SOURCE_DIR)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  foreach(source IN LISTS sources)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${source_dir})
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    string(MAKE_C_IDENTIFIER ${folder} folder)
    math(EXPR batch "${count_${folder}}+0" OUTPUT_FORMAT DECIMAL)
    math(EXPR count_${folder} "${batch}+1")
    math(EXPR batch "${batch}/${weir_unity_batch}")
    set_source_files_properties(${source} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${folder}_${batch})
  endforeach()
endfunction()
