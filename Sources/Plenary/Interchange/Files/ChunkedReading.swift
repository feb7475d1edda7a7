/// Reads a file in chunks, by several threads, and puts what they hold together in order.
enum ChunkedReading {
  /// - Parameters:
  ///   - start: where the first record begins.
  ///   - parse: makes something of a chunk, on any thread.
  ///   - merge: takes what was made, chunk by chunk in order, on one thread at a time.
  ///   - wrap: the failure for a file that cannot be read.
  /// - Throws: the first thing that went wrong in the order of the file, for any number of threads.
  static func read<Part: Sendable, Failure: Error>(
    _ content: FileContent, from start: Int, records: FileChunker.Records, _ options: ImportOptions,
    _ progress: ImportProgressCounter, wrap: @Sendable (QueryError) -> Failure,
    parse: @Sendable (FileChunk) throws(Failure) -> Part,
    merge: @Sendable (Part, Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let chunker = FileChunker(content, from: start, records: records, chunkSize: options.chunkSize)
    let workers = min(options.threadCount, max(0, content.count - start) / options.chunkSize + 1)
    let merged = OrderedMerge<Result<(Part, Range<Int>), Failure>, Failure>()
    WorkerPool.shared.run(workers: workers) { _ in
      var buffer = FileBuffer()
      while true {
        var outcome: Result<(Part, Range<Int>), Failure>
        let index: Int
        do throws(QueryError) {
          guard let chunk = try chunker.next(&buffer) else { return }
          index = chunk.index
          do throws(Failure) {
            outcome = .success((try parse(chunk), chunk.range))
          } catch {
            outcome = .failure(error)
          }
          progress.add(chunk.range.count)
        } catch {
          outcome = .failure(wrap(error))
          index = chunker.failedIndex
        }
        merged.add(outcome, at: index) { outcome throws(Failure) in
          do throws(Failure) {
            let (part, range) = try outcome.get()
            try merge(part, range)
          } catch {
            chunker.stop()
            throw error
          }
        }
        if merged.failure != nil { return }
      }
    }
    if let failure = merged.failure { throw failure }
  }
}
