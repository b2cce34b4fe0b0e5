import Tensor

/// Operations that only change how elements are counted; most become nothing at all.
extension Lowering {
  func shape(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let d = try dimensions(inputs)
    func clamped(_ value: Int) -> Int {
      min(max(value < 0 ? value &+ d.count : value, 0), d.count)
    }
    let (start, end) = (
      clamped(try node.int("start") ?? 0), clamped(try node.int("end") ?? d.count)
    )
    return [.constant(Constant(start < end ? Array(d[start..<end]) : []))]
  }

  func transpose(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    let d = input.dimensions
    let permutation = try node.axes(
      try node.ints("perm") ?? Array(d.indices.reversed()), rank: d.count)
    guard permutation.count == d.count else { throw Refusal("perm \(permutation) of \(d)") }
    switch input {
    case .constant(let constant): return [.constant(constant.transposed(permutation))]
    case .value(let value):
      return [
        .value(
          value.relabelled(
            permutation.map { d[$0] }, d.indices.map { permutation.firstIndex(of: $0) }))
      ]
    case .joined(let value, let count):
      guard permutation[0] == 0 else { throw Refusal("\(d), which mixes images") }
      let full = Array(0..<count) + permutation.dropFirst().map { $0 + count - 1 }
      let names = value.dimensions.indices.map { full.firstIndex(of: $0) }
      return [.joined(value.relabelled(full.map { value.dimensions[$0] }, names), count: count)]
    case .refused: throw Refusal("an input was refused")
    }
  }

  func squeeze(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    let d = input.dimensions
    let given = try integers(node, "axes", inputs, 1)
    let axes = try given.map { (list) throws(Refusal) in try node.axes(list, rank: d.count) }
    var batchAxis: Int?
    if case .value(let value) = input { batchAxis = value.batchAxis }
    let gone = axes ?? d.indices.filter { d[$0] == 1 && $0 != batchAxis }
    guard gone.allSatisfy({ d[$0] == 1 && $0 != batchAxis }) else {
      throw Refusal("axes \(gone) of \(d), which are not all of one element")
    }
    let kept = d.indices.filter { !gone.contains($0) }
    switch input {
    case .constant(let constant): return [.constant(constant.reshaped(kept.map { d[$0] }))]
    case .value(let value):
      return [
        .value(value.relabelled(kept.map { d[$0] }, d.indices.map { kept.firstIndex(of: $0) }))
      ]
    case .joined: throw Refusal("an input that mixes images")
    case .refused: throw Refusal("an input was refused")
    }
  }

  func unsqueeze(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    let d = input.dimensions
    guard let list = try integers(node, "axes", inputs, 1), list.count <= 8 else {
      throw Refusal("axes are missing")
    }
    let rank = d.count + list.count
    let new = try node.axes(list, rank: rank)
    let old = (0..<rank).filter { !new.contains($0) }
    var dimensions = Array(repeating: 1, count: rank)
    for (axis, place) in old.enumerated() { dimensions[place] = d[axis] }
    switch input {
    case .constant(let constant): return [.constant(constant.reshaped(dimensions))]
    case .value(let value): return [.value(value.relabelled(dimensions, old.map { $0 }))]
    case .joined: throw Refusal("an input that mixes images")
    case .refused: throw Refusal("an input was refused")
    }
  }

  mutating func flatten(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    let d = input.dimensions
    let given = try node.int("axis") ?? 1
    let axis = given == d.count ? given : try node.axis(given, rank: d.count)
    return [try reshaped(input, to: [d[..<axis].reduce(1, *), d[axis...].reduce(1, *)])]
  }

  mutating func reshape(_ node: NodeView, _ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    guard var target = try integers(node, "shape", inputs, 1), target.count <= 8 else {
      throw Refusal("a shape of at most 8 axes is missing")
    }
    let d = input.dimensions
    if try !node.flag("allowzero") {
      for axis in target.indices where target[axis] == 0 {
        guard axis < d.count else { throw Refusal("the shape \(target) for \(d)") }
        target[axis] = d[axis]
      }
    }
    let count = d.reduce(1, *)
    let free = target.indices.filter { target[$0] == -1 }
    guard free.count <= 1, let known = Shape.count(of: target.filter { $0 != -1 }) else {
      throw Refusal("the shape \(target)")
    }
    if let axis = free.first {
      guard known > 0, count % known == 0 else { throw Refusal("the shape \(target) for \(d)") }
      target[axis] = count / known
    }
    guard Shape.count(of: target) == count,
      Shape.count(of: target.map { max($0, 1) }) ?? .max <= 1 << 52
    else { throw Refusal("the shape \(target) for \(d)") }
    return [try reshaped(input, to: target)]
  }

  /// The same elements, counted otherwise.
  ///
  /// - Precondition: Both shapes count the same number of elements.
  private mutating func reshaped(_ input: Binding, to target: [Int]) throws(Refusal) -> Binding {
    if case .constant(let constant) = input { return .constant(constant.reshaped(target)) }
    let value: Value
    switch input {
    case .value(let plain): value = plain
    case .joined(let whole, _): value = whole
    default: throw Refusal("an input was refused")
    }
    let d = value.dimensions
    // The batch must stay an axis of its own.
    var (front, newFront) = (0, 0)
    if let batch = value.batchAxis {
      let before = d[..<batch].reduce(1, *)
      guard
        let place = target.indices.first(where: {
          target[..<$0].reduce(1, *) == before && target[$0] == d[batch]
        })
      else {
        // The first axes may become one, if the others stay.
        let count = d.count - target.count + 1
        guard count > 1, batch < count, target.count > 1, d[count...] == target[1...]
        else { throw Refusal("\(d) to \(target), which mixes images") }
        return .joined(value, count: count)
      }
      (front, newFront) = (batch, place)
    }
    var groups: [(old: [Int], new: [Int])] = []
    if value.batchAxis != nil {
      groups = Self.groups(d, Array(0..<front), target, Array(0..<newFront))
      (front, newFront) = (front + 1, newFront + 1)
    }
    groups += Self.groups(d, Array(front..<d.count), target, Array(newFront..<target.count))
    // Axes that are joined or split must stand side by side, in their order.
    var order: [Int] = []
    var newOrder: [Int] = []
    for axis in value.order {
      guard let group = groups.first(where: { $0.old.contains(axis) }), !order.contains(axis)
      else { continue }
      order += group.old
      newOrder += group.new
    }
    // Axes of one element belong to no group.
    order = value.order.filter { !order.contains($0) } + order
    let batch = value.batchAxis.map { _ in newFront - 1 }
    newOrder = target.indices.filter { !newOrder.contains($0) && $0 != batch } + newOrder
    var result = Value(target, batchAxis: batch, order: newOrder, node: value.node)
    let (from, to) = (value.order.filter { d[$0] > 1 }, order.filter { d[$0] > 1 })
    if from != to { result.node = try arranged(value, order) }
    return .value(result)
  }

  /// Which axes become which, in the smallest groups of equal products; axes of one element are in
  /// none.
  private static func groups(
    _ d: [Int], _ old: [Int], _ target: [Int], _ new: [Int]
  ) -> [(old: [Int], new: [Int])] {
    var (left, right) = (old.filter { d[$0] > 1 }[...], new.filter { target[$0] > 1 }[...])
    var result: [(old: [Int], new: [Int])] = []
    while let a = left.popFirst() {
      guard let b = right.popFirst() else { break }
      var (group, other) = ([a], [b])
      var (p, q) = (d[a], target[b])
      while p != q {
        if p < q, let next = left.popFirst() {
          group.append(next)
          p *= d[next]
        } else if q < p, let next = right.popFirst() {
          other.append(next)
          q *= target[next]
        } else {
          break
        }
      }
      result.append((group, other))
    }
    return result
  }

  mutating func expand(_ inputs: [Binding?]) throws(Refusal) -> [Binding] {
    let input = try Self.first(inputs)
    guard let given = try integers(inputs, 1), given.allSatisfy({ $0 > 0 }),
      let target = Constant.broadcast(input.dimensions, given)
    else { throw Refusal("a shape that \(input.dimensions) does not broadcast to") }
    switch input {
    case .constant(let constant):
      // One for each image is one for all.
      if batch == Self.freeBatch, let axis = target.firstIndex(of: Self.freeBatch) {
        var own = target
        own[axis] = 1
        try Folding.check(own)
        let order = target.indices.filter { $0 != axis }
        let shape = order.map { target[$0] }
        let node = try add(constant.broadcast(to: own), shape)
        return [.value(Value(target, batchAxis: axis, order: order, node: node))]
      }
      try Folding.check(target)
      return [.constant(constant.broadcast(to: target))]
    case .value(let value):
      if target == value.dimensions { return [input] }
      var result = value.padded(to: target.count)
      if let batch = result.batchAxis, target[batch] != result.dimensions[batch] {
        throw Refusal("an expansion of the batch")
      }
      let x = try arranged(result, result.order)
      let shape = result.order.map { target[$0] }
      result.node = try add(.broadcast(to: shape), [x], shape)
      result.dimensions = target
      return [.value(result)]
    case .joined: throw Refusal("an input that mixes images")
    case .refused: throw Refusal("an input was refused")
    }
  }

  /// Stands for a batch of any size in ONNX's shapes: a prime that no network has as an extent.
  static let freeBatch = 99_991
}
