#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many processors the process may use.
enum ProcessorCount {
  /// The processors that the scheduler may give to the process, or fewer where a container's share of their time is
  /// smaller; at least 1. Found out once.
  static let available = max(1, min(scheduled, quota ?? .max))

  private static var scheduled: Int { affinity ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// The processors in the affinity mask. The call for it is hidden from Swift by the C library's macros, so the kernel
  /// is asked for its text: `Cpus_allowed:  00000000,0000000f`.
  private static var affinity: Int? {
    #if os(Linux)
      guard let status = try? FileSystem.read("/proc/self/status", limit: 1 << 16) else { return nil }
      let lines = String(decoding: status.buffer, as: UTF8.self).split(separator: "\n")
      let mask = lines.first { $0.hasPrefix("Cpus_allowed:") }?.split(separator: ":").last
      let count = mask?.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) } ?? 0
      return count > 0 ? count : nil
    #else
      return nil
    #endif
  }

  /// The share of a control group, rounded up: microseconds of time in each period, as in `200000 100000`.
  private static var quota: Int? {
    #if os(Linux)
      guard let file = try? FileSystem.read("/sys/fs/cgroup/cpu.max", limit: 64) else { return nil }
      let words = String(decoding: file.buffer, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let time = Int(words[0]), let period = Int(words[1]), time > 0, period > 0 else {
        return nil
      }
      return (time - 1) / period + 1
    #else
      return nil
    #endif
  }
}
