#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Tells threads apart, so that one can find out that it would wait for itself.
enum ThreadIdentity {
  /// What no thread is.
  static let none: UInt = 0

  /// The calling thread, as long as it lives.
  static var current: UInt {
    #if canImport(Glibc)
      UInt(pthread_self())
    #else
      UInt(bitPattern: pthread_self())
    #endif
  }
}
