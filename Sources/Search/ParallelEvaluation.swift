import Synchronization

/// Evaluates many genomes at once.
package protocol BatchEvaluation {
  /// Scores genomes that lie one behind another, and does other work meanwhile.
  func evaluate(_ genes: [Allele], geneCount: Int, while work: () -> Void) -> [Score]
}

/// Evaluates genomes on several threads, each with an evaluator of its own.
///
/// Every score has its place, so that the scores do not depend on who computes which. Threads take
/// several genomes at a time, fewer towards the end: evaluations differ in length, and a batch is over when
/// the last one is.
package struct ParallelEvaluation<Evaluator: GenomeEvaluator>: BatchEvaluation {
  private let workers: [Worker]
  private let threads: WorkerThreads

  /// An evaluator that one thread at a time uses; a class, so that it is changed where it is.
  private final class Worker {
    private let makeEvaluator: () -> Evaluator
    /// Created by the thread that uses it, as that takes as long as many evaluations.
    private var evaluator: Evaluator?

    init(_ makeEvaluator: @escaping () -> Evaluator) { self.makeEvaluator = makeEvaluator }

    func evaluate(
      _ range: Range<Int>, _ genes: UnsafeBufferPointer<Allele>, _ geneCount: Int,
      _ scores: UnsafeMutableBufferPointer<Score>
    ) {
      if evaluator == nil { evaluator = makeEvaluator() }
      for index in range {
        let genome = genes.extracting(index * geneCount..<(index + 1) * geneCount)
        scores[index] = evaluator?.evaluate(genome.span).checked ?? .unknown
      }
    }
  }

  /// An evaluation on so many threads, one of which is the caller's.
  package init(jobs: Int, _ makeEvaluator: @escaping () -> Evaluator) {
    workers = (0..<jobs).map { _ in Worker(makeEvaluator) }
    threads = WorkerThreads(jobs - 1)
  }

  /// Scores genomes on all threads; the caller's does `work` first.
  package func evaluate(_ genes: [Allele], geneCount: Int, while work: () -> Void) -> [Score] {
    Array(unsafeUninitializedCapacity: genes.count / geneCount) { scores, count in
      count = genes.count / geneCount
      scores.initialize(repeating: .unknown)
      genes.withUnsafeBufferPointer { evaluate($0, geneCount, into: scores, while: work) }
    }
  }

  private func evaluate(
    _ genes: UnsafeBufferPointer<Allele>, _ geneCount: Int,
    into scores: UnsafeMutableBufferPointer<Score>, while work: () -> Void
  ) {
    guard workers.count > 1, scores.count > 1 else {
      work()
      workers[0].evaluate(0..<scores.count, genes, geneCount, scores)
      return
    }
    let next = NextPlaces(count: scores.count, share: 4 * workers.count)
    // Each thread has its own worker and takes places that no other takes; all end before this
    // does.
    nonisolated(unsafe) let (workers, genes, scores) = (workers, genes, scores)
    threads.perform(first: work) { job in
      let worker = workers[job]
      while let places = next.take() { worker.evaluate(places, genes, geneCount, scores) }
    }
  }
}

/// The places that no thread has taken: each takes a share of those that are left (guided
/// self-scheduling, Polychronopoulos and Kuck 1987).
private final class NextPlaces: Sendable {
  private let place = Atomic(0)
  private let count: Int
  private let share: Int

  init(count: Int, share: Int) { (self.count, self.share) = (count, share) }

  func take() -> Range<Int>? {
    var start = place.load(ordering: .relaxed)
    while start < count {
      let end = start + max(1, (count - start) / share)
      let (isTaken, now) = place.weakCompareExchange(
        expected: start, desired: end, ordering: .relaxed)
      if isTaken { return start..<end }
      start = now
    }
    return nil
  }
}
