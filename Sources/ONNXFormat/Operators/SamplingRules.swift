/// Operators that read images at computed places, or put patches and images into one another.
let samplingRules: [String: OperatorCall.ShapeRule] = [
  "GridSample": { call in
    let (input, grid) = (try call.type(0), try call.type(1).shape)
    guard input.shape.count >= 3, grid.count == input.shape.count else {
      throw call.node.error("its grid should have as many dimensions as its input")
    }
    return [TensorType(input.elementType, Array(input.shape[..<2]) + grid[1..<(grid.count - 1)])]
  },
  "RoiAlign": { call in
    let size = [
      try call.node.int("output_height", default: 1), try call.node.int("output_width", default: 1),
    ]
    return try call.regions(size)
  },
  "MaxRoiPool": { try $0.regions(try $0.node.ints("pooled_shape") ?? []) },
  "MaxUnpool": { try $0.unpooling() },
  "Col2Im": { try $0.patchesToImage() },
  "CenterCropPad": { try $0.centred() },
  "AffineGrid": { call in
    guard let size = try call.integers(1), size.count >= 3 else {
      throw call.node.error("size should be a batch, channels and an image")
    }
    return [TensorType(try call.type(0).elementType, [size[0]] + size[2...] + [size.count - 2])]
  },
  "ImageDecoder": { throw $0.dataDependence },
]

extension OperatorCall {
  fileprivate func regions(_ size: [Int]) throws -> [TensorType] {
    let (input, regions) = (try type(0), try type(1).shape)
    guard input.shape.count == 4, let count = regions.first, size.count == 2 else {
      throw node.error("expected an image, regions, and the height and width of the output")
    }
    return [TensorType(input.elementType, [count, input.shape[1]] + size)]
  }

  /// ONNX, MaxUnpool: the inverse of a pooling's shape, unless an input gives the shape.
  fileprivate func unpooling() throws -> [TensorType] {
    let input = try type(0)
    if let shape = try integers(2) { return [TensorType(input.elementType, shape)] }
    let spatial = try spatialShape(0)
    let ones = [Int](repeating: 1, count: spatial.count)
    let kernel = try node.ints("kernel_shape") ?? []
    let strides = try node.ints("strides") ?? ones
    let pads = try node.ints("pads") ?? ones.flatMap { _ in [0, 0] }
    guard kernel.count == spatial.count, strides.count == spatial.count,
      pads.count == 2 * spatial.count,
      (kernel + strides + pads).allSatisfy({ $0 >= 0 && $0 < 1 << 24 })
    else { throw node.error("kernel_shape, strides and pads do not fit its input") }
    let sizes = try spatial.indices.map { axis in
      try scaled(max(0, spatial[axis] - 1), strides[axis]) + kernel[axis] - pads[axis]
        - pads[axis + spatial.count]
    }
    return [TensorType(input.elementType, Array(input.shape[..<2]) + sizes)]
  }

  /// ONNX, Col2Im: columns of patches, with the channels beside the places of the block.
  fileprivate func patchesToImage() throws -> [TensorType] {
    let input = try type(0)
    guard let image = try integers(1), let block = try integers(2), input.shape.count == 3,
      let window = checkedElementCount(block), window > 0, input.shape[1] % window == 0
    else { throw node.error("expected patches, and constant shapes of the image and of a block") }
    return [TensorType(input.elementType, [input.shape[0], input.shape[1] / window] + image)]
  }

  fileprivate func centred() throws -> [TensorType] {
    var type = try type(0)
    guard let sizes = try integers(1) else { throw node.error("it needs a shape") }
    let axes = try axes(
      try node.ints("axes") ?? Array(type.shape.indices), rank: type.shape.count)
    guard axes.count == sizes.count else { throw node.error("its shape does not fit its axes") }
    for (axis, size) in zip(axes, sizes) { type.shape[axis] = size }
    return [type]
  }
}
