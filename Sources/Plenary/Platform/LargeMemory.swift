#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory for large arrays.
enum LargeMemory {
  private static let hugePage = 1 << 21

  /// Allocates memory, asking the system for huge pages where there is much of it: they come faster from the kernel,
  /// and random access to a large graph misses the translation buffer far less.
  ///
  /// To be given back with `deallocate()`.
  static func allocate(byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer {
    #if os(Linux)
      if byteCount >= 4 * hugePage {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: hugePage)
        // Advice only: where it is not taken, small pages do.
        _ = madvise(memory, byteCount, MADV_HUGEPAGE)
        return memory
      }
    #endif
    return .allocate(byteCount: max(byteCount, 1), alignment: alignment)
  }
}
