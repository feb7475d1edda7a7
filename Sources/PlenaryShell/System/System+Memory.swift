#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension System {
  /// The bytes of memory that the process may use at all: the machine's, or what its control group allows; `nil` if
  /// the system does not say.
  static let memory: Int? = {
    let (pages, pageSize) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    guard pages > 0, pageSize > 0 else { return nil }
    let machine = Int(pages) * Int(pageSize)
    // Containers set one of these, version 2 or 1. A group without a limit has a word or an enormous number there.
    let groups = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    let allowed = groups.lazy.compactMap { path in numbers(inFile: path).first }.first
    return allowed.map { min(machine, $0) } ?? machine
  }()

  /// The bytes of memory that the process holds now; 0 if the system does not say.
  static var residentMemory: Int {
    let pages = numbers(inFile: "/proc/self/statm")
    return pages.count > 1 ? pages[1] * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// Keeps the memory that queries free for the next ones: giving it back to the system and asking for it again costs
  /// a page fault for each of its pages, which can be half of a query's time.
  ///
  /// A choice for a whole process, so the program makes it and the library does not.
  static func keepFreedMemory() {
    #if canImport(Glibc)
      // Found by name, because Swift does not import the header that declares it.
      guard let function = dlsym(nil, "mallopt") else { return }
      let mallopt = unsafeBitCast(function, to: (@convention(c) (Int32, Int32) -> Int32).self)
      let (trimThreshold, mapThreshold) = (-1 as Int32, -3 as Int32)
      _ = mallopt(trimThreshold, 64 << 20)
      // Larger blocks come from the system each time: fresh pages are zero, and those of a search that meets few of many
      // nodes are mostly never touched.
      _ = mallopt(mapThreshold, 4 << 20)
    #endif
  }

  /// The numbers in a small file.
  private static func numbers(inFile path: String) -> [Int] {
    guard let bytes = try? readFile(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
  }
}
