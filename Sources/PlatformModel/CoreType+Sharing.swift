extension [Element] {
  /// The same elements with one type for those that differ in name and number only, as `ARM` for
  /// `ARM0` and `ARM1`.
  var withSharedTypes: [Element] {
    let stems = map { element in
      var stem = element.type.name[...]
      while let last = stem.last, last.isNumber { stem.removeLast() }
      return stem.isEmpty ? element.type.name : String(stem)
    }
    var first: [String: CoreType] = [:]
    var mixed: Set<String> = []
    for (element, stem) in zip(self, stems) {
      let type = element.type.renamed(stem)
      if let known = first[stem], known != type { mixed.insert(stem) }
      first[stem] = type
    }
    return zip(self, stems).map { element, stem in
      mixed.contains(stem) ? element : element.with(type: element.type.renamed(stem))
    }
  }
}

extension CoreType {
  fileprivate func renamed(_ name: String) -> CoreType {
    CoreType(
      name: name, kind: kind, peakRate: peakRate, operators: operators, activePower: activePower,
      idlePower: idlePower, cost: cost, localMemory: localMemory, access: access,
      overhead: overhead, rounding: rounding, origin: origin)
  }
}

extension Element {
  fileprivate func with(type: CoreType) -> Element {
    Element(name: name, type: type, dataMemory: dataMemory, ports: ports, host: host)
  }
}
