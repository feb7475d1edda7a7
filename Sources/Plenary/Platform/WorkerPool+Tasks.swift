import Synchronization

extension WorkerPool {
  /// Calls `body` once for each number below `count`, on up to so many threads at a time, and returns when all are done.
  ///
  /// Numbers are begun in ascending order, so the error that is thrown, that of the lowest number which failed, is the
  /// same for any number of threads. Those not begun when something fails are left out.
  ///
  /// - Parameter body: gets the number, and which of the threads it is on, below `threads`.
  func forEach<Failure: Error>(
    _ count: Int, threads: Int, _ body: @Sendable (_ index: Int, _ worker: Int) throws(Failure) -> Void
  ) throws(Failure) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<max(count, 0) { try body(index, 0) }
      return
    }
    let next = Atomic(0)
    let failures = Mutex<(index: Int, error: Failure)?>(nil)
    let hasFailed = Atomic(false)
    run(workers: workers) { worker in
      while !hasFailed.load(ordering: .relaxed) {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do throws(Failure) {
          try body(index, worker)
        } catch {
          failures.withLock { if index < $0?.index ?? .max { $0 = (index, error) } }
          hasFailed.store(true, ordering: .relaxed)
        }
      }
    }
    if let failure = failures.withLock({ $0 }) { throw failure.error }
  }

  /// What `body` makes of each item, in the order of the items, on up to so many threads at a time. An item is let go
  /// with its turn, so that the memory of those before is free for those after.
  func map<Item: Sendable, New: Sendable>(
    _ items: consuming [Item], threads: Int, _ body: @Sendable (consuming Item) -> New
  ) -> [New] {
    let count = items.count
    let waiting = Mutex(items.map(Optional.some))
    items = []
    let results = Mutex([New?](repeating: nil, count: count))
    forEach(count, threads: threads) { index, _ in
      guard let item = waiting.withLock({ $0[index].take() }) else { return }
      let result = body(item)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
