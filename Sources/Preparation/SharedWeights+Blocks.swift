import CostModel
import MappingModel
import NetworkModel
import ONNXFormat
import PlatformModel

extension SharedWeights {
  /// The weights that more than one block uses, whole or cut into the pieces that they have in common.
  init(_ graph: BlockGraph, _ model: CostModel) {
    let shares = Shares(graph)
    guard shares.areThere else {
      self.init()
      return
    }
    var numbers: [Shares.Part: Int] = [:]
    self.init(
      graph.blockIDs.map { id in
        shares.uses(of: id, graph, model).map { part, bytes in
          let number = numbers[part] ?? numbers.count
          numbers[part] = number
          return Use(tensor: number, bytes: bytes)
        }
      })
  }
}

/// The pieces of constants, and how many blocks use each.
private struct Shares {
  private let pieces: RegionPieces
  private var blocksOfPiece: [Int]
  private var blocksOfRegion: [TensorRegion: Int] = [:]

  /// What lies in a memory once for all that use it.
  enum Part: Hashable {
    case piece(Int)
    /// All that an operator has of a constant, where the element lays it out.
    case region(TensorRegion)
  }

  init(_ graph: BlockGraph) {
    let regions = graph.blockIDs.map { graph.constants($0).map(\.origin) }
    pieces = RegionPieces(regions.joined())
    blocksOfPiece = [Int](repeating: 0, count: pieces.counts.count)
    for block in regions {
      for region in Set(block) { blocksOfRegion[region, default: 0] += 1 }
      for piece in Set(block.flatMap { pieces[$0] }) { blocksOfPiece[piece] += 1 }
    }
  }

  /// Whether blocks share anything.
  var areThere: Bool { blocksOfPiece.contains { $0 > 1 } }

  /// What a block shares with others, and the bytes of each part on each element.
  func uses(of id: BlockID, _ graph: BlockGraph, _ model: CostModel) -> [(Part, [Int])] {
    guard graph.constants(id).contains(where: { isShared($0.origin) }) else { return [] }
    let elements = model.platform.elementIDs.map { model.weightParts(of: id, in: graph, on: $0) }
    var known: Set<Int> = []
    return (elements.first ?? []).indices.flatMap { index -> [(Part, [Int])] in
      let parts = elements.map { $0[index] }
      var uses = pieceUses(parts).filter { known.insert($0.piece).inserted }.map {
        (Part.piece($0.piece), $0.bytes)
      }
      if parts.contains(where: \.isLaidOut), blocksOfRegion[parts[0].origin, default: 0] > 1 {
        uses.append((.region(parts[0].origin), parts.map { $0.isLaidOut ? $0.bytes : 0 }))
      }
      return uses
    }
  }

  private func isShared(_ region: TensorRegion) -> Bool {
    pieces[region].contains { blocksOfPiece[$0] > 1 }
  }

  /// The shared pieces of one part of a constant, with its bytes on each element.
  private func pieceUses(_ parts: [WeightPart]) -> [(piece: Int, bytes: [Int])] {
    let shares = parts.map {
      pieces.shares(of: $0.origin, bytes: $0.isLaidOut ? 0 : $0.bytes)
    }
    return (shares.first ?? []).indices.compactMap { place in
      let piece = shares[0][place].piece
      return blocksOfPiece[piece] > 1 ? (piece, shares.map { $0[place].bytes }) : nil
    }
  }
}
