import Synchronization

/// Evaluates many genomes at once.
protocol BatchEvaluation {
  /// Scores genomes that lie one behind another.
  func evaluate(
    _ genes: UnsafeBufferPointer<Allele>, geneCount: Int,
    into scores: UnsafeMutableBufferPointer<Score>)
}

/// Evaluates genomes on several threads, each with an evaluator of its own.
///
/// Every score has its place, so that the scores do not depend on who computes which. Threads take
/// a few genomes at a time: evaluations differ in length, and a batch is over when the last one is.
struct ParallelEvaluation<Evaluator: GenomeEvaluator>: BatchEvaluation {
  private let workers: [Worker]
  private let threads: WorkerThreads

  /// An evaluator that one thread at a time uses; a class, so that it is changed where it is.
  private final class Worker {
    private var evaluator: Evaluator

    init(_ evaluator: Evaluator) { self.evaluator = evaluator }

    func evaluate(
      _ range: Range<Int>, _ genes: UnsafeBufferPointer<Allele>, _ geneCount: Int,
      _ scores: UnsafeMutableBufferPointer<Score>
    ) {
      for index in range {
        let genome = genes.extracting(index * geneCount..<(index + 1) * geneCount)
        scores[index] = evaluator.evaluate(genome.span).checked
      }
    }
  }

  init(jobs: Int, _ makeEvaluator: () -> Evaluator) {
    workers = (0..<jobs).map { _ in Worker(makeEvaluator()) }
    threads = WorkerThreads(jobs - 1)
  }

  func evaluate(
    _ genes: UnsafeBufferPointer<Allele>, geneCount: Int,
    into scores: UnsafeMutableBufferPointer<Score>
  ) {
    guard workers.count > 1, scores.count > 1 else {
      workers[0].evaluate(0..<scores.count, genes, geneCount, scores)
      return
    }
    let chunk = max(1, min(64, scores.count / (workers.count * 32)))
    let next = NextPlace()
    // Each thread has its own worker and takes places that no other takes; all end before this
    // does.
    nonisolated(unsafe) let (workers, genes, scores) = (workers, genes, scores)
    threads.perform { job in
      while true {
        let start = next.take(chunk)
        guard start < scores.count else { return }
        workers[job].evaluate(
          start..<min(start + chunk, scores.count), genes, geneCount, scores)
      }
    }
  }
}

/// The next place that no thread has taken.
private final class NextPlace: Sendable {
  private let place = Atomic(0)

  func take(_ count: Int) -> Int { place.wrappingAdd(count, ordering: .relaxed).oldValue }
}
