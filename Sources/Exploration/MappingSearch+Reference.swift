import MappingModel
import PlatformModel
package import Search

extension MappingSearch {
  /// The corner up to which hypervolume counts: in each objective a tenth beyond the worst of the mappings
  /// onto single elements and the one that is balanced over all, the cost that of all elements.
  package var reference: ObjectiveVector { reference(while: { true }) }

  /// The same of fewer mappings where time is short.
  ///
  /// - Parameter shouldContinue: Whether there is time for another execution; called between two.
  func reference(while shouldContinue: () -> Bool) -> ObjectiveVector {
    var evaluator = makeEvaluator()
    var worst = ObjectiveVector(0)
    let elementCount = problem.platform.elements.count
    let genomes = seeds(.subset, limit: 1) + seeds(.single, limit: elementCount)
    for (index, genome) in genomes.enumerated() where index == 0 || shouldContinue() {
      let score = evaluator.evaluate(genome.span)
      for index in kinds.indices where score.objectives[index].isFinite {
        worst[index] = max(worst[index], score.objectives[index])
      }
    }
    let price = problem.platform.elements.reduce(0) { $0 + $1.type.cost }
    for (index, kind) in kinds.enumerated() {
      worst[index] = kind == .cost ? max(worst[index], price) : worst[index]
      worst[index] = worst[index] > 0 ? worst[index] * 1.1 : 1
    }
    return worst
  }
}
