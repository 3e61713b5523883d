/// Operators on texts.
let textRules: [String: OperatorCall.ShapeRule] = [
  "StringConcat": { call in
    [TensorType(.string, try call.broadcast([try call.type(0).shape, try call.type(1).shape]))]
  },
  "RegexFullMatch": { [TensorType(.bool, try $0.type(0).shape)] },
  "StringNormalizer": { call in
    guard call.node.attributeIfPresent("stopwords") == nil else { throw call.dataDependence }
    return [try call.type(0)]
  },
  "StringSplit": { throw $0.dataDependence },
  "TfIdfVectorizer": { call in
    let last = try call.node.ints("ngram_indexes")?.max() ?? -1
    return [TensorType(.float, try call.type(0).shape.dropLast() + [try call.scaled(last + 1, 1)])]
  },
]
