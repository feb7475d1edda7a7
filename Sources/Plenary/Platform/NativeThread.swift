#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread of the operating system with a stack of a chosen size.
struct NativeThread {
  private let handle: pthread_t

  /// Starts a thread; `nil` if none can be had.
  ///
  /// Exactly one of `join()` and `detach()` has to follow.
  static func start(stackBytes: Int, _ body: @escaping () -> Void) -> NativeThread? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, stackBytes) == 0 else { return nil }
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let pointer = Unmanaged.passRetained(Work(body))
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        #if canImport(Darwin)
          let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        #else
          let work = Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue()
        #endif
        work.body()
        return nil
      }, pointer.toOpaque())
    guard status == 0 else {
      pointer.release()
      return nil
    }
    #if canImport(Darwin)
      return thread.map(NativeThread.init)
    #else
      return NativeThread(handle: thread)
    #endif
  }

  /// Waits until the thread has ended.
  func join() { pthread_join(handle, nil) }

  /// Lets the thread end on its own.
  func detach() { pthread_detach(handle) }

  /// Leaves every signal that can be left to other threads to them.
  static func blockSignals() {
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, nil)
  }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
