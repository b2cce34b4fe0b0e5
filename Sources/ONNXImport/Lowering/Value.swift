/// What one of ONNX's names stands for while its graph is lowered.
enum Binding {
  case constant(Constant)
  case value(Value)
  /// A value whose first `count` axes, the batch among them, ONNX sees as one. Only Transpose and
  /// Reshape take it: exporters turn attention's keys that way, and split the axes again.
  case joined(Value, count: Int)
  /// The output of a node that was refused.
  case refused

  /// The extents in ONNX's order.
  var dimensions: [Int] {
    switch self {
    case .constant(let constant): constant.dimensions
    case .value(let value): value.dimensions
    case .joined(let value, let count):
      [value.dimensions[..<count].reduce(1, *)] + value.dimensions[count...]
    case .refused: []
    }
  }
}

/// A value that a node of the engine's graph computes, and how ONNX sees it.
///
/// The engine holds one image's elements row by row with the axes in `order`; ONNX may see the axes
/// otherwise. So ONNX's `Transpose` changes `order` and computes nothing, and images stand as
/// `[H, W, C]` although ONNX calls them `[N, C, H, W]`.
struct Value {
  /// The extents in ONNX's order, the batch's included.
  var dimensions: [Int]
  /// Which axis is the batch; nil if the value is the same for every image.
  var batchAxis: Int?
  /// ONNX's axes but the batch, in the order in which the elements are stored.
  var order: [Int]
  /// The engine's node. Its shape may lack axes of extent 1.
  var node: Int

  init(_ dimensions: [Int], batchAxis: Int?, order: [Int]? = nil, node: Int) {
    (self.dimensions, self.batchAxis, self.node) = (dimensions, batchAxis, node)
    self.order = order ?? dimensions.indices.filter { $0 != batchAxis }
  }

  /// ONNX's axes but the batch, in ONNX's order.
  var axes: [Int] { dimensions.indices.filter { $0 != batchAxis } }

  /// The extents of one image as they are stored.
  var storedShape: [Int] { order.map { dimensions[$0] } }

  /// The same value with its axes called otherwise: axis i becomes `names[i]`; those that get no
  /// name have extent 1 and go, and `dimensions` may bring new ones of extent 1.
  func relabelled(_ dimensions: [Int], _ names: [Int?]) -> Value {
    let kept = order.compactMap { names[$0] }
    let batch = batchAxis.flatMap { names[$0] }
    let new = dimensions.indices.filter { !kept.contains($0) && $0 != batch }
    return Value(dimensions, batchAxis: batch, order: new + kept, node: node)
  }

  /// With axes of extent 1 in front, until there are `rank`.
  func padded(to rank: Int) -> Value {
    let extra = rank - dimensions.count
    if extra == 0 { return self }
    return relabelled(
      Array(repeating: 1, count: extra) + dimensions, dimensions.indices.map { $0 + extra })
  }
}
