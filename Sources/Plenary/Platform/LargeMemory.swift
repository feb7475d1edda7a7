#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory for large arrays.
enum LargeMemory {
  #if os(Linux)
    private static let hugePage = 1 << 21
    /// What a mapping is a whole number of, at the least.
    private static let pageMask = Int(sysconf(Int32(_SC_PAGESIZE))) - 1
  #endif

  /// Allocates memory. Much of it comes from the system by itself, in huge pages where it can: they come faster from the
  /// kernel, random access to a large graph misses the translation buffer far less, and what is given back is free for
  /// everyone at once, where the C library would keep it for itself.
  ///
  /// To be given back with `deallocate(_:byteCount:)`. Traps when there is no memory left, as every allocation does.
  static func allocate(byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer {
    #if os(Linux)
      if byteCount >= hugePage { return map(byteCount) }
    #endif
    return .allocate(byteCount: max(byteCount, 1), alignment: alignment)
  }

  /// Gives back what `allocate` gave for as many bytes.
  static func deallocate(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    #if os(Linux)
      if byteCount >= hugePage {
        munmap(memory, (byteCount + pageMask) & ~pageMask)
        return
      }
    #endif
    memory.deallocate()
  }

  #if os(Linux)
    private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer {
      let size = (byteCount + pageMask) & ~pageMask
      // More than is needed, so that there is a place in it where huge pages can begin; the rest goes back at once.
      guard let whole = mmap(nil, size + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
        whole != MAP_FAILED
      else { preconditionFailure("out of memory") }
      let start = whole.alignedUp(toMultipleOf: hugePage)
      let before = start - whole
      if before > 0 { munmap(whole, before) }
      if before < hugePage { munmap(start + size, hugePage - before) }
      // Advice only: where it is not taken, small pages do.
      _ = madvise(start, size, MADV_HUGEPAGE)
      return start
    }
  #endif

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

  static func deallocateZeros<Element: BitwiseCopyable>(_ memory: UnsafeMutablePointer<Element>) { free(memory) }

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
}
