/// The names of all operators of the standard domain that are known.
package let knownOperators: Set<String> = Set(shapeRules.keys)

/// The rules of all operators that are known, by name.
let shapeRules: [String: OperatorCall.ShapeRule] = {
  var rules: [String: OperatorCall.ShapeRule] = [:]
  let families = [
    windowRules, productRules, elementwiseRules, normalizationRules, rearrangingRules,
    selectionRules, reductionRules, constantRules, countingRules, attentionRules, recurrentRules,
    einsumRules,
    signalRules, samplingRules, resizeRules, lossRules, textRules,
  ]
  for family in families { rules.merge(family) { first, _ in first } }
  return rules
}()
