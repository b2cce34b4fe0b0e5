import Foundation
package import Tensor

/// The value of a layer in `Double`, dense, the batch axis in front.
package struct Value {
  let shape: [Int]
  let elements: [Double]

  init(_ graph: Graph, _ shapes: [Shape], _ node: Int, _ elements: [Double]) {
    (shape, self.elements) = (shapes[node].dimensions, elements)
  }

  /// The element at a place, the image's number first.
  subscript(place: [Int]) -> Double {
    var index = place[0]
    for (axis, extent) in shape.enumerated() { index = index * extent + place[axis + 1] }
    return elements[index]
  }

  /// The element that stands at a place of a larger shape by NumPy's rule.
  func broadcast(_ place: [Int]) -> Double {
    let skipped = place.count - 1 - shape.count
    return self[
      [place[0]] + shape.enumerated().map { $1 == 1 ? 0 : place[1 + skipped + $0] }]
  }
}

extension Reference {
  /// All places of a value, in the order of its elements.
  static func places(_ batch: Int, _ shape: [Int]) -> [[Int]] {
    ([batch] + shape).reduce([[]]) { known, extent in
      known.flatMap { front in (0..<extent).map { front + [$0] } }
    }
  }

  /// A pool: `value` makes one number of the pixels of a window that lie in the image, how many
  /// there are with the padding, and how many the window has.
  static func pool(
    _ x: Value, _ batch: Int, _ to: [Int], _ w: Window,
    _ value: ([Double], _ padded: Int, _ all: Int) -> Double
  ) -> [Double] {
    places(batch, to).map { place in
      var (taken, padded): ([Double], Int) = ([], 0)
      for row in 0..<w.height {
        for column in 0..<w.width {
          let y = place[1] * w.strideHeight + row * w.dilationHeight - w.padding.top
          let px = place[2] * w.strideWidth + column * w.dilationWidth - w.padding.left
          if y < x.shape[0] + w.padding.bottom && px < x.shape[1] + w.padding.right { padded += 1 }
          if (0..<x.shape[0]).contains(y) && (0..<x.shape[1]).contains(px) {
            taken.append(x[[place[0], y, px, place[3]]])
          }
        }
      }
      return value(taken, padded, w.height * w.width)
    }
  }

  /// What an operation of a file of its own computes, by its definition.
  static func plain(
    _ operation: any PlainOperation, _ inputs: [Value], _ batch: Int, _ to: [Int],
    _ weights: (String) throws(TensorError) -> [Double]
  ) throws(TensorError) -> [Double] {
    let places = places(batch, to)
    /// Where another axis' places of a line are.
    func line(_ place: [Int], _ axis: Int) -> [Double] {
      (0..<inputs[0].shape[axis]).map {
        var other = place
        other[axis + 1] = $0
        return inputs[0][other]
      }
    }
    switch operation {
    case is Constant:
      let value = try weights("value")
      return (0..<batch).flatMap { _ in value }
    case let prelu as PRelu:
      let count = prelu.slope.reduce(1, *)
      let slope = try Value(shape: prelu.slope, elements: weights("slope"))
      _ = count
      return places.map { place in
        let x = inputs[0][place]
        return x < 0 ? x * slope.broadcast([0] + place.dropFirst()) : x
      }
    case let reduce as Reduce:
      var taken: [[Int]: [Double]] = [:]
      for place in Self.places(batch, inputs[0].shape) {
        let target = place.enumerated().compactMap { axis, i in
          axis > 0 && reduce.axes.contains(axis - 1) ? (reduce.keepsAxes ? 0 : nil) : i
        }
        taken[target, default: []].append(inputs[0][place])
      }
      return places.map { reduce.reduction.definition(taken[$0] ?? []) }
    case let concatenate as Concatenate:
      return places.map { place in
        var (other, index) = (place, 0)
        let axis = concatenate.axis
        while other[axis + 1] >= inputs[index].shape[axis] {
          other[axis + 1] -= inputs[index].shape[axis]
          index += 1
        }
        return inputs[index][other]
      }
    case let slice as SliceAxes:
      return places.map { place in
        inputs[0][[place[0]] + slice.axes.enumerated().map { $1.start + place[$0 + 1] * $1.step }]
      }
    case let transpose as Transpose:
      return places.map { place in
        var other = place
        for (axis, from) in transpose.permutation.enumerated() { other[from + 1] = place[axis + 1] }
        return inputs[0][other]
      }
    case is Broadcast: return places.map { inputs[0].broadcast($0) }
    case let softmax as Softmax:
      return places.map { place in
        let values = line(place, softmax.axis)
        let largest = values.max() ?? 0
        let sum = values.reduce(0) { $0 + exp($1 - largest) }
        let x = inputs[0][place] - largest
        return softmax.isLogarithm ? x - log(sum) : exp(x) / sum
      }
    case let norm as LayerNormalization:
      let (gamma, beta) = try (weights("gamma"), weights("beta"))
      let (x, count) = (inputs[0].elements, gamma.count)
      return x.indices.map { i in
        let group = x[i / count * count..<(i / count + 1) * count]
        let mean = group.reduce(0, +) / Double(count)
        let variance = group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        return (x[i] - mean) / (variance + Double(norm.epsilon)).squareRoot() * gamma[i % count]
          + beta[i % count]
      }
    case let norm as LocalResponseNormalization:
      let last = inputs[0].shape.count - 1
      return places.map { place in
        let (values, c) = (line(place, last), place[last + 1])
        let from = max(0, c - (norm.size - 1) / 2)
        let upTo = min(values.count - 1, c + norm.size / 2)
        let sum = values[from...upTo].reduce(0) { $0 + $1 * $1 }
        return values[c]
          / pow(Double(norm.bias) + Double(norm.alpha) / Double(norm.size) * sum, Double(norm.beta))
      }
    case let pad as Pad:
      return places.map { place in
        var other = [place[0]]
        for (axis, extent) in inputs[0].shape.enumerated() {
          let i = place[axis + 1] - pad.before[axis]
          switch pad.mode {
          case .constant(let value):
            guard (0..<extent).contains(i) else { return Double(value) }
            other.append(i)
          case .edge: other.append(min(max(i, 0), extent - 1))
          case .reflect: other.append(i < 0 ? -i : i < extent ? i : 2 * extent - 2 - i)
          case .wrap: other.append((i + extent) % extent)
          }
        }
        return inputs[0][other]
      }
    case let pool as Pool:
      return Self.pool(inputs[0], batch, to, pool.pooling.window) { taken, padded, _ in
        switch pool.kind {
        case .maximum: taken.reduce(-.infinity, Swift.max)
        case .average(let countsPadding):
          taken.reduce(0, +) / Double(max(1, countsPadding ? padded : taken.count))
        }
      }
    case let resize as Resize:
      return places.map { resize.definition(inputs[0], $0, to) }
    case is MatMul:
      return places.map { place in
        let (a, b) = (inputs[0], inputs[1])
        let rank = place.count
        return (0..<a.shape[a.shape.count - 1]).reduce(0) { sum, k in
          var (left, right) = (place, place)
          (left[rank - 1], right[rank - 2]) = (k, k)
          return sum + a.matrix(left) * b.matrix(right)
        }
      }
    default: preconditionFailure("\(operation) has no definition")
    }
  }
}

extension Value {
  package init(shape: [Int], elements: [Double]) {
    (self.shape, self.elements) = (shape, elements)
  }

  /// The element of a matrix whose axes in front broadcast.
  fileprivate func matrix(_ place: [Int]) -> Double {
    let skipped = place.count - 1 - shape.count
    return self[
      [place[0]]
        + shape.enumerated().map {
          $0 < shape.count - 2 && $1 == 1 ? 0 : place[1 + skipped + $0]
        }]
  }
}

extension Reduction {
  fileprivate func definition(_ x: [Double]) -> Double {
    switch self {
    case .mean: x.reduce(0, +) / Double(x.count)
    case .sum: x.reduce(0, +)
    case .max: x.reduce(-.infinity, Swift.max)
    case .min: x.reduce(.infinity, Swift.min)
    case .product: x.reduce(1, *)
    case .l1: x.reduce(0) { $0 + abs($1) }
    case .l2: x.reduce(0) { $0 + $1 * $1 }.squareRoot()
    case .sumSquare: x.reduce(0) { $0 + $1 * $1 }
    case .logSum: log(x.reduce(0, +))
    case .logSumExp: log(x.reduce(0) { $0 + Foundation.exp($1) })
    }
  }
}

extension Resize {
  /// One output element, by ONNX's formulas.
  fileprivate func definition(_ x: Value, _ place: [Int], _ to: [Int]) -> Double {
    func coordinate(_ axis: Int, _ given: Float?) -> Double {
      let (i, from, out) = (Double(place[axis + 1]), Double(x.shape[axis]), Double(to[axis]))
      let scale = given.map { Double($0) } ?? out / from
      return switch coordinates {
      case .halfPixel: (i + 0.5) / scale - 0.5
      case .halfPixelSymmetric:
        from / 2 * (1 - out / (scale * from)) + (i + 0.5) / scale - 0.5
      case .pytorchHalfPixel: out > 1 ? (i + 0.5) / scale - 0.5 : 0
      case .asymmetric: i / scale
      case .alignCorners: out > 1 ? i * (from - 1) / (out - 1) : 0
      }
    }
    func pixel(_ y: Double, _ column: Double) -> Double {
      x[
        [
          place[0], Int(min(max(y, 0), Double(x.shape[0] - 1))),
          Int(min(max(column, 0), Double(x.shape[1] - 1))), place[3],
        ]]
    }
    let (y, column) = (coordinate(0, scaleHeight), coordinate(1, scaleWidth))
    switch mode {
    case .nearest(let rounding):
      func nearest(_ a: Double) -> Double {
        switch rounding {
        case .floor: a.rounded(.down)
        case .ceil: a.rounded(.up)
        case .roundPreferFloor: (a - 0.5).rounded(.up)
        case .roundPreferCeil: (a + 0.5).rounded(.down)
        }
      }
      return pixel(nearest(y), nearest(column))
    case .linear:
      let (top, left) = (y.rounded(.down), column.rounded(.down))
      let (v, h) = (y - top, column - left)
      return (1 - v) * ((1 - h) * pixel(top, left) + h * pixel(top, left + 1)) + v
        * ((1 - h) * pixel(top + 1, left) + h * pixel(top + 1, left + 1))
    }
  }
}

extension UnaryFunction {
  /// Its value by its definition.
  package func definition(_ x: Double) -> Double {
    func logistic(_ x: Double) -> Double { 1 / (1 + Foundation.exp(-x)) }
    func plus(_ x: Double) -> Double { Swift.max(x, 0) + log1p(Foundation.exp(-Swift.abs(x))) }
    return switch self {
    case .relu: Swift.max(x, 0)
    case .leakyRelu(let slope): x < 0 ? Double(slope) * x : x
    case .clip(let least, let most): Swift.min(Swift.max(x, Double(least)), Double(most))
    case .sigmoid: logistic(x)
    case .hardSigmoid(let a, let b): Swift.max(0, Swift.min(1, Double(a) * x + Double(b)))
    case .hardSwish: x * Swift.max(0, Swift.min(1, x / 6 + 0.5))
    case .silu: x * logistic(x)
    case .tanh: Foundation.tanh(x)
    case .elu(let a): x < 0 ? Double(a) * expm1(x) : x
    case .selu(let a, let gamma): Double(gamma) * (x > 0 ? x : Double(a) * expm1(x))
    case .celu(let a): Swift.max(0, x) + Swift.min(0, Double(a) * expm1(x / Double(a)))
    case .gelu: x / 2 * (1 + Foundation.erf(x / 2.0.squareRoot()))
    case .geluTanh:
      x / 2 * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .erf: Foundation.erf(x)
    case .softplus: plus(x)
    case .softsign: x / (1 + Swift.abs(x))
    case .mish: x * Foundation.tanh(plus(x))
    case .thresholdedRelu(let a): x > Double(a) ? x : 0
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .sqrt: x.squareRoot()
    case .reciprocal: 1 / x
    case .abs: Swift.abs(x)
    case .negate: -x
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .round: x.rounded(.toNearestOrEven)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    }
  }
}

extension BinaryFunction {
  /// Its value by its definition.
  package func definition(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: pow(a, b)
    case .minimum: Swift.min(a, b)
    case .maximum: Swift.max(a, b)
    }
  }
}
