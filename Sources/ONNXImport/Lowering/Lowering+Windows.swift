import Tensor

/// Convolutions, pools and resizing: operations on images.
extension Lowering {
  /// Kernel, strides, dilations and padding of a window, height first.
  private struct Window {
    var kernel: [Int]
    var strides, dilations: [Int]
    var padding = Padding()
    var ceil: Bool
  }

  /// Reads what a window's attributes say; one of one axis gets a height of 1.
  private func window(
    _ node: NodeView, kernel: [Int]?, image: [Int], axes: Int
  ) throws(Refusal) -> Window {
    let said = try node.extents("kernel_shape", count: axes, from: 1)
    guard let size = kernel ?? said else { throw Refusal("kernel_shape is missing") }
    if let said, said != size {
      throw Refusal("kernel_shape is \(said); the weights are \(size)")
    }
    let ones = Array(repeating: 1, count: axes)
    let front = Array(repeating: 1, count: 2 - axes)
    let strides = try front + (node.extents("strides", count: axes, from: 1) ?? ones)
    let dilations = try front + (node.extents("dilations", count: axes, from: 1) ?? ones)
    var window = Window(
      kernel: front + size, strides: strides, dilations: dilations,
      ceil: try node.flag("ceil_mode"))
    let mode = try node.text("auto_pad", default: "NOTSET")
    var pads = try node.extents("pads", count: 2 * axes, from: 0) ?? ones.flatMap { _ in [0, 0] }
    if axes == 1 { pads = [0, pads[0], 0, pads[1]] }
    if mode == "SAME_UPPER" || mode == "SAME_LOWER" {
      pads = [0, 0, 0, 0]
      for axis in 0..<2 {
        let reach = (window.kernel[axis] - 1) * dilations[axis] + 1
        let outputs = (image[axis] + strides[axis] - 1) / strides[axis]
        let total = max(0, (outputs - 1) * strides[axis] + reach - image[axis])
        let less = total / 2
        (pads[axis], pads[axis + 2]) =
          mode == "SAME_UPPER" ? (less, total - less) : (total - less, less)
      }
    } else if mode == "VALID" {
      pads = [0, 0, 0, 0]
    } else if mode != "NOTSET" {
      throw Refusal("auto_pad \(mode)")
    }
    window.padding = Padding(top: pads[0], bottom: pads[2], left: pads[1], right: pads[3])
    return window
  }

  /// The extents that a window leaves of an image.
  private func size(_ image: [Int], _ window: Window) throws(Refusal) -> [Int] {
    let p = window.padding
    var result: [Int] = []
    for (axis, (before, after)) in [(p.top, p.bottom), (p.left, p.right)].enumerated() {
      let (extent, stride) = (image[axis], window.strides[axis])
      let reach = (window.kernel[axis] - 1) * window.dilations[axis] + 1
      let room = extent + before + after - reach
      guard room >= 0 else {
        throw Refusal("a window of \(reach) on \(extent) + \(before + after) elements")
      }
      var count = room / stride + 1
      // A last window that would begin behind the image is dropped.
      if window.ceil, room % stride != 0, count * stride < extent + before { count += 1 }
      result.append(count)
    }
    return result
  }

  mutating func convolution(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    guard let weights = try constant(inputs, 1) else { throw Refusal("input 1 is missing") }
    let d = weights.dimensions
    let (x, image) = try image(value)
    let axes = value.dimensions.count - 2
    let groups = try node.int("group") ?? 1
    guard d.count == axes + 2, d.allSatisfy({ $0 > 0 }), groups > 0, d[0] % groups == 0,
      d[1] * groups == image[2]
    else {
      throw Refusal("weights of \(d) in \(groups) groups for an input of \(value.dimensions)")
    }
    let window = try window(node, kernel: Array(d[2...]), image: image, axes: axes)
    let kernel = (axes == 1 ? weights.reshaped([d[0], d[1], 1, d[2]]) : weights)
      .transposed([2, 3, 1, 0])
    let floats = try parameter([.constant(kernel)], 0, count: weights.count) ?? []
    let bias = try parameter(inputs, 2, count: d[0])
    let depthwise = groups == d[0] && d[1] == 1 && groups > 1
    var parameters = [
      "kernel": try tensor(
        floats,
        [window.kernel[0], window.kernel[1]] + (depthwise ? [d[0], 1] : [d[1], d[0]]))
    ]
    if let bias { parameters["bias"] = try tensor(bias, [d[0]]) }
    let shape = try size(image, window) + [d[0]]
    let result = try add(
      .convolution(
        Convolution(
          height: window.kernel[0], width: window.kernel[1], input: image[2], output: d[0],
          strideHeight: window.strides[0], strideWidth: window.strides[1],
          dilationHeight: window.dilations[0], dilationWidth: window.dilations[1], groups: groups,
          padding: window.padding, bias: bias != nil)), [x], shape, parameters)
    return [.value(imageResult(of: value, result, shape))]
  }

  mutating func pool(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let (x, image) = try image(value)
    let window = try window(node, kernel: nil, image: image, axes: value.dimensions.count - 2)
    let shape = try size(image, window) + [image[2]]
    let pooling = Pooling(
      height: window.kernel[0], width: window.kernel[1], strideHeight: window.strides[0],
      strideWidth: window.strides[1], dilationHeight: window.dilations[0],
      dilationWidth: window.dilations[1], padding: window.padding, ceil: window.ceil)
    let operation: Tensor::Operation =
      node.operation == "MaxPool"
      ? .maxPooling(pooling)
      : .averagePooling(pooling, countsPadding: try node.flag("count_include_pad"))
    return [.value(imageResult(of: value, try add(operation, [x], shape), shape))]
  }

  mutating func globalPool(
    _ inputs: [Binding?], _ reduction: Reduction
  ) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    guard value.dimensions.count >= 3 else { throw Refusal("an input of \(value.dimensions)") }
    return [
      .value(
        try reduced(value, Array(2..<value.dimensions.count), keepsAxes: true, reduction))
    ]
  }

  mutating func batchNormalization(
    _ node: NodeView, _ inputs: [Binding?]
  ) throws(Refusal) -> [Binding] {
    let isTraining = try node.operatorSet < 7 ? !node.flag("is_test") : node.flag("training_mode")
    if isTraining { throw Refusal("training mode") }
    let value = try value(inputs, 0)
    let d = value.dimensions
    guard d.count >= 2, value.batchAxis != 1 else { throw Refusal("an input of \(d)") }
    var parameters: [String: Tensor] = [:]
    for (index, name) in ["gamma", "beta", "moving_mean", "moving_variance"].enumerated() {
      guard let numbers = try parameter(inputs, index + 1, count: d[1]) else {
        throw Refusal("input \(index + 1) is missing")
      }
      parameters[name] = try tensor(numbers, [d[1]])
    }
    let epsilon = try node.float("epsilon", default: 1e-5)
    let order = value.axes.filter { $0 != 1 } + [1]
    let x = try arranged(value, order)
    let result = try add(
      .batchNormalization(channels: d[1], epsilon: epsilon), [x], shapes[x], parameters)
    return [.value(Value(d, batchAxis: value.batchAxis, order: order, node: result))]
  }

  mutating func localResponseNormalization(
    _ node: NodeView, _ inputs: [Binding?]
  ) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let (x, shape) = try image(value)
    guard let size = try node.int("size"), (1...1 << 20).contains(size) else {
      throw Refusal("size is missing")
    }
    let result = try add(
      .localResponseNormalization(
        size: size, alpha: try node.float("alpha", default: 1e-4),
        beta: try node.float("beta", default: 0.75), bias: try node.float("bias", default: 1)),
      [x], shape)
    return [.value(imageResult(of: value, result, shape))]
  }

  mutating func resize(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let d = value.dimensions
    let isOld = node.operation == "Upsample" || node.operatorSet < 11
    func isEmpty(_ index: Int) throws(Refusal) -> Bool {
      try constant(inputs, index)?.count ?? 0 == 0
    }
    if try node.flag("antialias") { throw Refusal("antialias") }
    let axes = try node.axes(try node.ints("axes") ?? Array(d.indices), rank: d.count)
    var scales: [Float]?
    var (target, factors) = (d, d.map { _ in Float?.none })
    if isOld {
      scales = try constant(inputs, 1)?.floats
      if case .floats(let values)? = node.attributes["scales"] { scales = values }
    } else if try !isEmpty(2) {
      scales = try constant(inputs, 2)?.floats
    }
    if let scales {
      guard scales.count == axes.count, scales.allSatisfy({ $0 > 0 && $0 <= 4096 }) else {
        throw Refusal("scales of \(scales)")
      }
      for (axis, scale) in zip(axes, scales) {
        factors[axis] = scale
        target[axis] = Int((Float(d[axis]) * scale).rounded(.down))
      }
    } else {
      guard let sizes = try integers(inputs, 3), sizes.count == axes.count,
        sizes.allSatisfy({ (1...1 << 20).contains($0) })
      else { throw Refusal("neither scales nor sizes") }
      let ratios = zip(axes, sizes).map { Float($1) / Float(d[$0]) }
      let policy = try node.text("keep_aspect_ratio_policy", default: "stretch")
      let ratio = policy == "not_larger" ? ratios.min() : ratios.max()
      for (axis, size) in zip(axes, sizes) {
        target[axis] = size
        guard policy != "stretch", let ratio else { continue }
        factors[axis] = ratio
        target[axis] = Int((ratio * Float(d[axis])).rounded())
      }
    }
    if target == d, factors.allSatisfy({ $0 ?? 1 == 1 }) { return [.value(value)] }
    let (x, image) = try image(value)
    guard d.count == 4, target[0] == d[0], target[1] == d[1], factors[0] ?? 1 == 1,
      factors[1] ?? 1 == 1
    else { throw Refusal("\(d) to \(target): height and width are resized, nothing else") }
    var coordinates: Resize.Coordinates
    let name = try node.text(
      "coordinate_transformation_mode", default: isOld ? "asymmetric" : "half_pixel")
    switch name {
    case "half_pixel": coordinates = .halfPixel
    case "half_pixel_symmetric": coordinates = .halfPixelSymmetric
    case "pytorch_half_pixel": coordinates = .pytorchHalfPixel
    case "asymmetric": coordinates = .asymmetric
    case "align_corners": coordinates = .alignCorners
    default: throw Refusal("coordinate_transformation_mode \(name)")
    }
    let mode: Resize.Mode
    switch try node.text("mode", default: "nearest") {
    case "linear", "bilinear": mode = .linear
    case "nearest":
      switch try node.text(
        "nearest_mode", default: isOld ? "floor" : "round_prefer_floor")
      {
      case "floor": mode = .nearest(.floor)
      case "ceil": mode = .nearest(.ceil)
      case "round_prefer_floor": mode = .nearest(.roundPreferFloor)
      case "round_prefer_ceil": mode = .nearest(.roundPreferCeil)
      case let other: throw Refusal("nearest_mode \(other)")
      }
    case let other: throw Refusal("mode \(other)")
    }
    let shape = [target[2], target[3], image[2]]
    // Corners are aligned by the extents before they are rounded down.
    if coordinates == .alignCorners, scales != nil {
      coordinates = .asymmetric
      for axis in 2..<4 {
        let (from, to) = (Float(d[axis]), Float(d[axis]) * (factors[axis] ?? 1))
        factors[axis] = from > 1 && to > 1 ? (to - 1) / (from - 1) : 1
      }
    }
    let result = try add(
      .resize(
        Resize(
          height: shape[0], width: shape[1], scaleHeight: factors[2], scaleWidth: factors[3],
          mode: mode, coordinates: coordinates)), [x], shape)
    return [.value(imageResult(of: value, result, shape))]
  }
}
