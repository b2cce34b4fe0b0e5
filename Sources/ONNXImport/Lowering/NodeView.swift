/// Why a node cannot be lowered: the end of a sentence that begins with its name.
struct Refusal: Error {
  let reason: String
  private(set) var isUnknownOperation = false

  init(_ reason: String) { self.reason = reason }

  /// No rule is there for the operation.
  static var unknownOperation: Refusal {
    var refusal = Refusal("the operation is not supported")
    refusal.isUnknownOperation = true
    return refusal
  }
}

/// A node with its attributes checked as they are read.
struct NodeView {
  let operation: String
  /// The version of ONNX's operator set that the node is written in.
  let operatorSet: Int
  let inputs, outputs: [String]
  let attributes: [String: Attribute]
  /// The attributes that are tensors.
  let tensors: [String: Constant]

  func int(_ name: String) throws(Refusal) -> Int? {
    switch attributes[name] {
    case nil: return nil
    case .int(let value): return value
    default: throw Refusal("the attribute \(name) is no whole number")
    }
  }

  /// Whether an attribute is set to a number other than 0.
  func flag(_ name: String, default value: Bool = false) throws(Refusal) -> Bool {
    try int(name).map { $0 != 0 } ?? value
  }

  func float(_ name: String, default value: Float) throws(Refusal) -> Float {
    switch attributes[name] {
    case nil: return value
    case .float(let value):
      guard value.isFinite else { throw Refusal("the attribute \(name) is \(value)") }
      return value
    default: throw Refusal("the attribute \(name) is no number")
    }
  }

  func text(_ name: String, default value: String) throws(Refusal) -> String {
    switch attributes[name] {
    case nil: return value
    case .text(let value): return value
    default: throw Refusal("the attribute \(name) is no text")
    }
  }

  func ints(_ name: String) throws(Refusal) -> [Int]? {
    switch attributes[name] {
    case nil: return nil
    case .ints(let values): return values
    default: throw Refusal("the attribute \(name) is no list of whole numbers")
    }
  }

  /// A list of small numbers, one for each of some axes, none below `least`.
  func extents(_ name: String, count: Int, from least: Int) throws(Refusal) -> [Int]? {
    guard let values = try ints(name) else { return nil }
    guard values.count == count, values.allSatisfy({ (least...1 << 20).contains($0) }) else {
      throw Refusal("\(name) is \(values); expected \(count) numbers from \(least)")
    }
    return values
  }

  func tensor(_ name: String) throws(Refusal) -> Constant? {
    if attributes[name] == nil { return nil }
    guard let tensor = tensors[name] else {
      throw Refusal("the attribute \(name) is no tensor")
    }
    return tensor
  }

  /// An axis counted from 0; ONNX counts from the end with negative ones.
  func axis(_ axis: Int, rank: Int) throws(Refusal) -> Int {
    guard (-rank..<rank).contains(axis) else { throw Refusal("axis \(axis) of \(rank)") }
    return axis < 0 ? axis + rank : axis
  }

  /// Distinct axes counted from 0.
  func axes(_ list: [Int], rank: Int) throws(Refusal) -> [Int] {
    var result: [Int] = []
    for value in list {
      let axis = try axis(value, rank: rank)
      if result.contains(axis) { throw Refusal("axis \(axis) twice") }
      result.append(axis)
    }
    return result
  }
}
