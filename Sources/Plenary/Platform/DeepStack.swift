#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Runs work that goes deep on a thread with a stack to match, while the caller waits.
///
/// A plan is as deep as its statement has clauses, and operators call each other down to the leaf. Threads of hosts may
/// have no more than 512 KB; what is not touched of a larger stack costs nothing.
enum DeepStack {
  /// Runs `body` on a thread with a stack of about `bytes`; on the caller's own if no thread can be had.
  static func run<Result>(bytes: Int, _ body: () throws(QueryError) -> Result) throws(QueryError) -> Result {
    var outcome: Swift.Result<Result, QueryError>?
    let finished = withoutActuallyEscaping(body) { body in
      let work = Work {
        do throws(QueryError) {
          outcome = .success(try body())
        } catch {
          outcome = .failure(error)
        }
      }
      return work.runOnThread(stackBytes: bytes)
    }
    guard finished, let outcome else { return try body() }
    return try outcome.get()
  }

  /// A closure that can be handed to a thread: the one who hands it over waits until it is done.
  private final class Work {
    private let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }

    /// Whether a thread ran the work to its end.
    func runOnThread(stackBytes: Int) -> Bool {
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return false }
      defer { pthread_attr_destroy(&attributes) }
      guard pthread_attr_setstacksize(&attributes, stackBytes) == 0 else { return false }
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let pointer = Unmanaged.passRetained(self)
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
        return false
      }
      #if canImport(Darwin)
        if let thread { pthread_join(thread, nil) }
      #else
        pthread_join(thread, nil)
      #endif
      return true
    }
  }
}
