/// Runs work that goes deep on a thread with a stack to match, while the caller waits.
///
/// A plan is as deep as its statement has clauses, and operators call each other down to the leaf. Threads of hosts may
/// have no more than 512 KB; what is not touched of a larger stack costs nothing.
enum DeepStack {
  /// Runs `body` on a thread with a stack of about `bytes`; on the caller's own if no thread can be had.
  static func run<Result>(bytes: Int, _ body: () throws(QueryError) -> Result) throws(QueryError) -> Result {
    var outcome: Swift.Result<Result, QueryError>?
    let thread = withoutActuallyEscaping(body) { body in
      let thread = NativeThread.start(stackBytes: bytes) {
        do throws(QueryError) {
          outcome = .success(try body())
        } catch {
          outcome = .failure(error)
        }
      }
      thread?.join()
      return thread
    }
    guard thread != nil, let outcome else { return try body() }
    return try outcome.get()
  }
}
