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

  /// Allocates zeros. Large blocks come from the system as pages that cost nothing until one is written to, so that a
  /// search that meets few of many nodes pays for few.
  ///
  /// To be given back with `deallocateZeros(_:)`. Traps when there is no memory left, as every allocation does.
  static func allocateZeros<Element: BitwiseCopyable>(_: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
    guard let memory = calloc(max(count, 1), MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory")
    }
    return memory.bindMemory(to: Element.self, capacity: max(count, 1))
  }

  /// Gives memory that was freed back to the system, where the C library keeps it for itself otherwise: worth a call
  /// after something large is done.
  static func releaseFreed() {
    #if canImport(Glibc)
      // Found by name, because Swift does not import the header that declares it.
      if let function = dlsym(nil, "malloc_trim") {
        _ = unsafeBitCast(function, to: (@convention(c) (Int) -> Int32).self)(0)
      }
    #endif
  }

  static func deallocateZeros<Element: BitwiseCopyable>(_ memory: UnsafeMutablePointer<Element>) { free(memory) }
}
