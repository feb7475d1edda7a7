import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Threads that live as long as the process and wait for work to share.
///
/// ```swift
/// let next = Atomic(0)
/// try WorkerPool.shared.run(workers: 4) { worker in
///   while let part = takePart(next) { try process(part) }
/// }
/// ```
///
/// Threads start when they are first needed. Nobody waits for a free one: what no thread has begun when the caller is
/// through with its own share, the caller does itself. So work may share out work again, on as many threads as there
/// happen to be.
///
/// Sendable because everything that changes is touched only by who holds `mutex`.
final class WorkerPool: @unchecked Sendable {
  /// The pool of the process.
  static let shared = WorkerPool()

  /// The most threads that are ever started.
  static let maximumThreads = 255

  /// Enough for plans of the depth that every thread's stack is trusted with.
  private static let stackBytes = 16 << 20

  /// Work that was handed over, one part for each worker.
  private final class Job {
    let body: (Int) -> Void
    let parts: Int
    /// The next part to begin; at `parts` nobody looks at the job any more.
    var next = 0
    /// How many parts are done.
    var finished = 0

    init(parts: Int, _ body: @escaping (Int) -> Void) {
      self.parts = parts
      self.body = body
    }
  }

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let workArrived = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let partFinished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// The jobs with parts that nobody has begun, the oldest first.
  private var waiting: [Job] = []
  private var threadCount = 0

  private init() {
    mutex.initialize(to: pthread_mutex_t())
    workArrived.initialize(to: pthread_cond_t())
    partFinished.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(workArrived, nil)
    pthread_cond_init(partFinished, nil)
  }

  /// Runs `body` once for each number below `workers`, at the same time as far as there are threads, and returns when
  /// all are done. The first number is the caller's own.
  ///
  /// - Throws: what `body` throws, for the lowest of the numbers that failed. Those not begun by then are left out; those
  ///   under way are waited for.
  func run<Failure: Error>(
    workers: Int, _ body: @Sendable (Int) throws(Failure) -> Void
  ) throws(Failure) {
    guard workers > 1 else {
      if workers == 1 { try body(0) }
      return
    }
    let failure = FirstFailure<Failure>()
    let stop = ValueWalk.stop.current
    withoutActuallyEscaping(body) { body in
      share(
        Job(parts: workers) { part in
          guard !failure.exists else { return }
          // The threads work for the statement of the caller.
          ValueWalk.stop.withValue(stop) {
            do throws(Failure) {
              try body(part)
            } catch {
              failure.note(error, of: part)
            }
          }
        })
    }
    if let error = failure.error { throw error }
  }

  private func share(_ job: Job) {
    pthread_mutex_lock(mutex)
    let own = begin(job)
    waiting.append(job)
    startThreads(job.parts - 1)
    for _ in 1..<job.parts { pthread_cond_signal(workArrived) }
    finish(own, of: job)
    while job.next < job.parts { finish(begin(job), of: job) }
    while job.finished < job.parts { pthread_cond_wait(partFinished, mutex) }
    pthread_mutex_unlock(mutex)
  }

  /// Takes the next part of a job.
  private func begin(_ job: Job) -> Int {
    defer { job.next += 1 }
    if job.next == job.parts - 1 { waiting.removeAll { $0 === job } }
    return job.next
  }

  /// Does a part of a job, without holding the mutex meanwhile.
  private func finish(_ part: Int, of job: Job) {
    pthread_mutex_unlock(mutex)
    job.body(part)
    pthread_mutex_lock(mutex)
    job.finished += 1
    if job.finished == job.parts { pthread_cond_broadcast(partFinished) }
  }

  private func startThreads(_ wanted: Int) {
    while threadCount < min(wanted, WorkerPool.maximumThreads) {
      guard let thread = NativeThread.start(stackBytes: WorkerPool.stackBytes, { self.work() }) else { return }
      thread.detach()
      threadCount += 1
    }
  }

  /// What a thread does.
  private func work() {
    NativeThread.blockSignals()
    pthread_mutex_lock(mutex)
    while true {
      while waiting.isEmpty { pthread_cond_wait(workArrived, mutex) }
      let job = waiting[0]
      finish(begin(job), of: job)
    }
  }

  /// The error of the lowest part that failed.
  private final class FirstFailure<Failure: Error>: Sendable {
    private let first = Mutex<(part: Int, error: Failure)?>(nil)
    private let hasFailed = Atomic(false)

    var exists: Bool { hasFailed.load(ordering: .relaxed) }
    var error: Failure? { first.withLock { $0?.error } }

    func note(_ error: Failure, of part: Int) {
      first.withLock { if part < $0?.part ?? .max { $0 = (part, error) } }
      hasFailed.store(true, ordering: .relaxed)
    }
  }
}
