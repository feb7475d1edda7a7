import Synchronization
import Testing

@testable import Plenary

@Suite("Sharing work among threads")
struct WorkerPoolTests {
  @Test("every part is done once", arguments: [0, 1, 2, 7, 40])
  func everyPartOnce(workers: Int) {
    let done = Mutex<[Int]>([])
    WorkerPool.shared.run(workers: workers) { part in done.withLock { $0.append(part) } }
    #expect(done.withLock { $0.sorted() } == Array(0..<workers))
  }

  @Test("parts that wait for each other run at the same time")
  func runsAtTheSameTime() {
    let arrived = Atomic(0)
    WorkerPool.shared.run(workers: 3) { _ in
      arrived.add(1, ordering: .relaxed)
      while arrived.load(ordering: .relaxed) < 3 {}
    }
    #expect(arrived.load(ordering: .relaxed) == 3)
  }

  @Test("work may share out work again")
  func nested() {
    let sum = Atomic(0)
    WorkerPool.shared.run(workers: 5) { outer in
      WorkerPool.shared.run(workers: 5) { inner in
        WorkerPool.shared.run(workers: 2) { _ in sum.add(outer * 5 + inner, ordering: .relaxed) }
      }
    }
    #expect(sum.load(ordering: .relaxed) == 2 * (0..<25).reduce(0, +))
  }

  @Test("the caller gets the error of the first part that failed")
  func errors() {
    struct Failure: Error, Equatable { var part: Int }
    let arrived = Atomic(0)
    #expect(throws: Failure(part: 1)) {
      try WorkerPool.shared.run(workers: 4) { part throws(Failure) in
        // All have begun before any fails.
        arrived.add(1, ordering: .relaxed)
        while arrived.load(ordering: .relaxed) < 4 {}
        if part > 0 { throw Failure(part: part) }
      }
    }
  }

  @Test("callers on many threads at once")
  func manyCallers() async {
    let sum = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask {
          let sum = Atomic(0)
          for _ in 0..<50 { WorkerPool.shared.run(workers: 3) { sum.add($0, ordering: .relaxed) } }
          return sum.load(ordering: .relaxed)
        }
      }
      return await group.reduce(0, +)
    }
    #expect(sum == 20 * 50 * 3)
  }

  @Test("the process may use a processor")
  func processors() { #expect(ProcessorCount.available >= 1) }
}
