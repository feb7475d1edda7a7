#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// An object that each thread sees for as long as some work takes; `nil` on a thread that does no such work.
///
/// Sendable because the key is made once, and what it stands for belongs to one thread. A `TaskLocal` would do the same,
/// but not on threads that the program starts itself: there, optimised builds crash in it (Swift 6.3).
final class ThreadLocal<Object: AnyObject & Sendable>: @unchecked Sendable {
  private let key: pthread_key_t
  private let isUsable: Bool

  init() {
    var key = pthread_key_t()
    // Without a key, which a process runs out of after a thousand, every thread sees nothing.
    isUsable = pthread_key_create(&key, nil) == 0
    self.key = key
  }

  /// What this thread sees.
  var current: Object? {
    guard isUsable, let pointer = pthread_getspecific(key) else { return nil }
    return Unmanaged<Object>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Has this thread see an object while `body` runs.
  func withValue<Result, Failure: Error>(
    _ object: Object?, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isUsable else { return try body() }
    let outer = pthread_getspecific(key)
    pthread_setspecific(key, object.map { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) })
    defer {
      pthread_setspecific(key, outer)
      withExtendedLifetime(object) {}
    }
    return try body()
  }
}
