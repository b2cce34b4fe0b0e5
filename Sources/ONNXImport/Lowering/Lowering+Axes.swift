import Tensor

/// Sums over axes, parts of tensors, and joining them.
extension Lowering {
  /// Where axes of a value stand among those that are stored.
  private func places(_ axes: [Int], in order: [Int], of value: Value) throws(Refusal) -> [Int] {
    var result: [Int] = []
    for axis in axes {
      guard let place = order.firstIndex(of: axis) else {
        throw Refusal("an operation along the batch")
      }
      result.append(place)
    }
    return result
  }

  mutating func reduce(
    _ node: NodeView, _ inputs: [Binding?], _ reduction: Reduction
  ) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let rank = value.dimensions.count
    var axes = try node.axes(try integers(node, "axes", inputs, 1) ?? [], rank: rank)
    if axes.isEmpty {
      if try node.flag("noop_with_empty_axes") { return [.value(value)] }
      axes = Array(0..<rank)
    }
    return [
      .value(
        try reduced(
          value, axes, keepsAxes: node.flag("keepdims", default: true), reduction))
    ]
  }

  /// A value with some of its axes summed up.
  mutating func reduced(
    _ value: Value, _ axes: [Int], keepsAxes: Bool, _ reduction: Reduction
  ) throws(Refusal) -> Value {
    let places = try places(axes, in: value.order, of: value)
    var dimensions = value.dimensions
    for axis in axes { dimensions[axis] = 1 }
    let x = try arranged(value, value.order)
    let node = try add(
      .reduce(reduction, axes: places.sorted(), keepsAxes: true), [x],
      value.order.map { dimensions[$0] })
    let result = Value(dimensions, batchAxis: value.batchAxis, order: value.order, node: node)
    return keepsAxes ? result : removing(axes, from: result)
  }

  /// Without some axes of extent 1.
  private func removing(_ axes: [Int], from value: Value) -> Value {
    let kept = value.dimensions.indices.filter { !axes.contains($0) }
    return value.relabelled(
      kept.map { value.dimensions[$0] },
      value.dimensions.indices.map { kept.firstIndex(of: $0) })
  }

  mutating func softmax(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let rank = value.dimensions.count
    let isNew = node.operatorSet >= 13
    let axis = try node.axis(node.int("axis") ?? (isNew ? -1 : 1), rank: max(rank, 1))
    let isLog = node.operation == "LogSoftmax"
    func operation(_ axis: Int) -> Tensor::Operation {
      isLog ? .logSoftmax(axis: axis) : .softmax(axis: axis)
    }
    // Before operator set 13 all axes from that one on were one.
    let wide = (axis..<rank).filter { value.dimensions[$0] > 1 }
    if isNew || wide.count <= 1 {
      let along = isNew ? axis : wide.first ?? axis
      let place = try places([along], in: value.order, of: value)[0]
      let x = try arranged(value, value.order)
      var result = value
      result.node = try add(operation(place), [x], shapes[x])
      return [.value(result)]
    }
    guard value.batchAxis ?? -1 < axis else { throw Refusal("an operation along the batch") }
    let front = value.axes.filter { $0 < axis }.map { value.dimensions[$0] }
    let shape = front + [value.dimensions[axis...].reduce(1, *)]
    let x = try arranged(value, value.axes, shape: shape)
    let result = try add(operation(front.count), [x], shape)
    return [.value(Value(value.dimensions, batchAxis: value.batchAxis, node: result))]
  }

  mutating func concatenate(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    var parts = inputs.compactMap { $0 }
    // The order of the largest; what has no elements adds none.
    var largest: Value?
    for case .value(let value) in parts
    where value.dimensions.reduce(1, *) > largest?.dimensions.reduce(1, *) ?? 0 {
      largest = value
    }
    guard let largest, parts.count == inputs.count else { throw Refusal("an input is missing") }
    parts.removeAll { $0.dimensions.contains(0) }
    let rank = largest.dimensions.count
    let axis = try node.axis(node.int("axis") ?? (node.operatorSet < 4 ? 1 : 0), rank: rank)
    let place = try places([axis], in: largest.order, of: largest)[0]
    var dimensions = largest.dimensions
    dimensions[axis] = 0
    var nodes: [Int] = []
    for part in parts {
      var own = part.dimensions
      guard own.count == rank else { throw Refusal("inputs of several ranks") }
      dimensions[axis] += own[axis]
      own[axis] = dimensions[axis]
      if let batch = largest.batchAxis, own[batch] == 1 { own[batch] = dimensions[batch] }
      guard own == dimensions else {
        throw Refusal("\(part.dimensions) beside \(largest.dimensions)")
      }
      switch part {
      case .value(let value):
        guard value.batchAxis == largest.batchAxis || value.batchAxis == nil else {
          throw Refusal("inputs whose batches are not the same axis")
        }
        nodes.append(
          try arranged(
            Value(
              value.dimensions, batchAxis: value.batchAxis,
              order: value.order.filter { $0 != largest.batchAxis }, node: value.node),
            largest.order))
      case .constant(let constant):
        let turned = try forAll(constant, largest.batchAxis)
          .transposed((largest.batchAxis.map { [$0] } ?? []) + largest.order)
        nodes.append(try add(turned, largest.order.map { constant.dimensions[$0] }))
      case .joined, .refused: throw Refusal("an input that mixes images")
      }
    }
    if nodes.count == 1, let first = parts.first { return [first] }
    let result = try add(
      .concatenate(axis: place), nodes, largest.order.map { dimensions[$0] })
    return [
      .value(
        Value(dimensions, batchAxis: largest.batchAxis, order: largest.order, node: result))
    ]
  }

  /// One part of each axis: where it begins, how many elements it has and how far apart they are.
  private mutating func part(
    of binding: Binding, _ slices: [Slice]
  ) throws(Refusal) -> Binding {
    let d = binding.dimensions
    let isAll = zip(slices, d).map { $0.start == 0 && $0.count == $1 && $0.step == 1 }
    if isAll.allSatisfy({ $0 }) { return binding }
    let shape = slices.map(\.count)
    switch binding {
    // A part without elements is known.
    case .value where shape.contains(0): return .constant(Constant(shape, .floats([])))
    case .constant(let constant):
      let strides = Constant.strides(d)
      let start = zip(slices, strides).reduce(0) { $0 + $1.0.start * $1.1 }
      return .constant(
        constant.picked(
          shape, Constant.places(shape, zip(slices, strides).map { $0.step * $1 }, start: start)))
    case .value(let value):
      if let batch = value.batchAxis, !isAll[batch] { throw Refusal("a part of the batch") }
      let x = try arranged(value, value.order)
      var result = value
      result.node = try add(
        .slice(value.order.map { slices[$0] }), [x], value.order.map { shape[$0] })
      result.dimensions = shape
      return .value(result)
    case .joined: throw Refusal("an input that mixes images")
    case .refused: throw Refusal("an input was refused")
    }
  }

  private func everything(_ dimensions: [Int]) -> [Slice] {
    dimensions.map { Slice(start: 0, count: $0, step: 1) }
  }

  mutating func slice(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    let d = input.dimensions
    guard let starts = try integers(node, "starts", inputs, 1),
      let ends = try integers(node, "ends", inputs, 2)
    else { throw Refusal("starts or ends are missing") }
    let axes = try node.axes(
      try integers(node, "axes", inputs, 3) ?? Array(starts.indices), rank: d.count)
    let steps = try integers(inputs, 4) ?? starts.map { _ in 1 }
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count else {
      throw Refusal("starts, ends, axes and steps of several lengths")
    }
    var slices = everything(d)
    for (i, axis) in axes.enumerated() {
      let (extent, step) = (d[axis], steps[i])
      guard step != 0, step != .min else { throw Refusal("a step of \(step)") }
      // ONNX's rule: from the end if negative, then clamped.
      func place(_ value: Int, _ range: ClosedRange<Int>) -> Int {
        min(max(value < 0 ? value + extent : value, range.lowerBound), range.upperBound)
      }
      let count: Int
      let start: Int
      if step > 0 {
        start = place(starts[i], 0...extent)
        let distance = max(0, place(ends[i], 0...extent) - start)
        count = distance == 0 ? 0 : (distance - 1) / step + 1
      } else {
        start = place(starts[i], 0...max(0, extent - 1))
        let distance = max(0, start - place(ends[i], -1...max(-1, extent - 1)))
        count = distance == 0 ? 0 : (distance - 1) / -step + 1
      }
      slices[axis] = Slice(start: start, count: count, step: step)
    }
    return [try part(of: input, slices)]
  }

  mutating func split(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    let d = input.dimensions
    let axis = try node.axis(node.int("axis") ?? 0, rank: d.count)
    var lengths = try integers(node, "split", inputs, 1) ?? []
    if lengths.isEmpty {
      let count = try node.int("num_outputs") ?? node.outputs.count
      guard (1...4096).contains(count) else { throw Refusal("\(count) outputs") }
      let each = (d[axis] + count - 1) / count
      lengths = (0..<count).map { min(each, max(0, d[axis] - $0 * each)) }
    }
    guard lengths.allSatisfy({ (0...d[axis]).contains($0) }), lengths.count <= 4096,
      lengths.reduce(0, +) == d[axis]
    else { throw Refusal("parts of \(lengths) along an axis of \(d[axis])") }
    var results: [Binding] = []
    var start = 0
    for length in lengths {
      var slices = everything(d)
      slices[axis] = Slice(start: start, count: length, step: 1)
      results.append(try part(of: input, slices))
      start += length
    }
    return results
  }

  mutating func gather(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    guard let places = try constant(inputs, 1), var indices = places.ints else {
      throw Refusal("indices that are not whole numbers")
    }
    let d = input.dimensions
    let axis = try node.axis(node.int("axis") ?? 0, rank: d.count)
    for i in indices.indices {
      guard (-d[axis]..<d[axis]).contains(indices[i]) else {
        throw Refusal("index \(indices[i]) of \(d[axis])")
      }
      if indices[i] < 0 { indices[i] += d[axis] }
    }
    let shape = Array(d[..<axis]) + places.dimensions + d[(axis + 1)...]
    if case .constant(let constant) = input {
      try Folding.check(shape)
      let (outer, inner) = (d[..<axis].reduce(1, *), d[(axis + 1)...].reduce(1, *))
      var picked: [Int] = []
      for row in 0..<outer {
        for index in indices {
          let start = (row * d[axis] + index) * inner
          picked += start..<start + inner
        }
      }
      return [.constant(constant.picked(shape, picked))]
    }
    guard places.dimensions.count <= 1, let first = indices.first else {
      throw Refusal("indices of \(places.dimensions) into a computed value")
    }
    let step = indices.count > 1 ? indices[1] - first : 1
    let isEven = step != 0 && indices.indices.allSatisfy { indices[$0] == first + $0 * step }
    guard isEven else { throw Refusal("indices that are not evenly spaced") }
    var slices = everything(d)
    slices[axis] = Slice(start: first, count: indices.count, step: step)
    guard case .value(let value) = try part(of: input, slices) else {
      throw Refusal("an input was refused")
    }
    return [.value(places.dimensions.isEmpty ? removing([axis], from: value) : value)]
  }

  mutating func pad(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let value = try value(inputs, 0)
    let d = value.dimensions
    guard let pads = try integers(node, "pads", inputs, 1) else {
      throw Refusal("pads are missing")
    }
    let axes = try node.axes(try integers(inputs, 3) ?? Array(d.indices), rank: d.count)
    guard pads.count == 2 * axes.count, pads.allSatisfy({ abs($0) <= 1 << 20 }) else {
      throw Refusal("pads of \(pads)")
    }
    var (before, after) = (d.map { _ in 0 }, d.map { _ in 0 })
    for (i, axis) in axes.enumerated() {
      (before[axis], after[axis]) = (pads[i], pads[i + axes.count])
    }
    if let batch = value.batchAxis, before[batch] != 0 || after[batch] != 0 {
      throw Refusal("padding of the batch")
    }
    // What is taken away is taken away first.
    let slices = d.indices.map { axis in
      let (first, last) = (max(0, -before[axis]), max(0, -after[axis]))
      return Slice(start: first, count: d[axis] - first - last, step: 1)
    }
    guard case .value(let rest) = try part(of: .value(value), slices) else {
      throw Refusal("an input was refused")
    }
    (before, after) = (before.map { max(0, $0) }, after.map { max(0, $0) })
    if before.allSatisfy({ $0 == 0 }), after.allSatisfy({ $0 == 0 }) { return [.value(rest)] }
    let mode: PadMode
    switch try node.text("mode", default: "constant") {
    case "constant":
      let given = try constant(inputs, 2)?.scalar
      let other = try node.float("value", default: 0)
      mode = .constant(given ?? other)
    case "reflect": mode = .reflect
    case "edge": mode = .edge
    case "wrap": mode = .wrap
    case let other: throw Refusal("mode \(other)")
    }
    var result = rest
    result.dimensions = d.indices.map { rest.dimensions[$0] + before[$0] + after[$0] }
    let x = try arranged(rest, rest.order)
    result.node = try add(
      .pad(before: rest.order.map { before[$0] }, after: rest.order.map { after[$0] }, mode: mode),
      [x], result.storedShape)
    return [.value(result)]
  }
}
