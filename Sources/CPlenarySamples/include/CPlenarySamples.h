#ifndef CPLENARY_SAMPLES_H
#define CPLENARY_SAMPLES_H

#include <stddef.h>

/// One file of a sample graph, as the bytes it has in the source tree.
typedef struct {
  /// The file's name without its folder, for example "nodes_state.csv".
  const char *name;
  /// The first byte; not terminated by a zero.
  const unsigned char *bytes;
  /// The number of bytes.
  size_t count;
} plenary_sample_file;

/// The number of files of the ACCSM graph (Samples/accsm).
size_t plenary_accsm_file_count(void);

/// The file at `index`, or `NULL` past the last: first the nodes, then the relationships, each by name.
///
/// A function and not an array, because Swift cannot import an array without a length. The pointers stay valid for ever.
const plenary_sample_file *plenary_accsm_file(size_t index);

#endif
