#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// How an image is brought to another size; ONNX's operator Resize.
public struct Resize: Sendable, Hashable {
  /// How pixels between others are made.
  public enum Mode: Sendable, Hashable {
    /// The nearest pixel.
    case nearest(Rounding)
    /// Bilinear between four pixels; beyond the borders the pixels there go on.
    case linear
  }
  /// Which pixel is the nearest.
  public enum Rounding: Sendable, Hashable {
    /// Halves down.
    case roundPreferFloor
    /// Halves up.
    case roundPreferCeil
    /// The one before.
    case floor
    /// The one behind.
    case ceil
  }
  /// Where in the input the centre of an output pixel lies.
  public enum Coordinates: Sendable, Hashable {
    /// (x + ½) / scale − ½.
    case halfPixel
    /// The same, moved so that both images have the same centre when the scale is not out / in.
    case halfPixelSymmetric
    /// As `halfPixel`, but 0 for an output of one pixel.
    case pytorchHalfPixel
    /// x / scale.
    case asymmetric
    /// x · (in − 1) / (out − 1).
    case alignCorners
  }

  /// The output's extents, or nil for ⌊in · scale⌋.
  package let height, width: Int?
  /// Output pixels per input pixel, or nil for out / in.
  package let scaleHeight, scaleWidth: Float?
  package let mode: Mode
  package let coordinates: Coordinates

  /// To a given size; the scale in the coordinates' formula is out / in unless it is given.
  public init(
    height: Int, width: Int, scaleHeight: Float? = nil, scaleWidth: Float? = nil, mode: Mode,
    coordinates: Coordinates
  ) {
    (self.height, self.width) = (height, width)
    (self.scaleHeight, self.scaleWidth) = (scaleHeight, scaleWidth)
    (self.mode, self.coordinates) = (mode, coordinates)
  }

  /// By a given factor, extents rounded down.
  public init(scaleHeight: Float, scaleWidth: Float, mode: Mode, coordinates: Coordinates) {
    (height, width) = (nil, nil)
    (self.scaleHeight, self.scaleWidth) = (scaleHeight, scaleWidth)
    (self.mode, self.coordinates) = (mode, coordinates)
  }
}

extension Operation {
  /// An image of another size.
  public static func resize(_ resize: Resize) -> Operation { .plain(PlainLayer(resize)) }
}

extension Resize: PlainOperation {
  package var typeName: String { self == Self.twice ? "UpSampling2D" : "Resize" }

  /// Each pixel four times.
  package static let twice = Resize(
    scaleHeight: 2, scaleWidth: 2, mode: .nearest(.floor), coordinates: .asymmetric)

  package func check(_ check: LayerCheck) throws(TensorError) {
    for extent in [height, width] { if let extent { try check.extent("size", extent) } }
    for scale in [scaleHeight, scaleWidth] {
      if let scale, !(scale > 0 && scale.isFinite) {
        throw .invalidLayer(
          name: check.name, property: "scale", value: "\(scale)",
          expected: "a finite number above 0")
      }
    }
  }

  package func outputDimensions(
    _ check: LayerCheck, _ inputs: [Shape]
  ) throws(TensorError) -> [Int] {
    let x = try check.image(inputs[0])
    func extent(_ given: Int?, _ from: Int, _ scale: Float?) throws(TensorError) -> Int {
      if let given { return given }
      let product = (Double(from) * Double(scale ?? 1)).rounded(.down)
      guard product >= 1, product <= Double(Graph.maximumElements) else {
        throw .layerTooLarge(layer: check.name, dimensions: [x[0], x[1], x[2]])
      }
      return Int(product)
    }
    return [
      try extent(height, x[0], scaleHeight), try extent(width, x[1], scaleWidth), x[2],
    ]
  }

  /// The two input places that output place `i` lies between, and the second one's weight.
  private func source(
    _ i: Int, from: Int, to: Int, scale given: Float?
  ) -> (first: Int, second: Int, weight: Float) {
    let scale = given ?? Float(to) / Float(from)
    let (x, extent) = (Float(i), Float(from))
    let place: Float =
      switch coordinates {
      case .halfPixel: (x + 0.5) / scale - 0.5
      case .halfPixelSymmetric:
        extent / 2 * (1 - Float(to) / (scale * extent)) + (x + 0.5) / scale - 0.5
      case .pytorchHalfPixel: to > 1 ? (x + 0.5) / scale - 0.5 : 0
      case .asymmetric: x / scale
      case .alignCorners: to > 1 ? x * (extent - 1) / Float(to - 1) : 0
      }
    func clamped(_ value: Float) -> Int { Int(max(0, min(extent - 1, value))) }
    switch mode {
    case .nearest(let rounding):
      let rounded =
        switch rounding {
        case .roundPreferFloor: (place - 0.5).rounded(.up)
        case .roundPreferCeil: (place + 0.5).rounded(.down)
        case .floor: place.rounded(.down)
        case .ceil: place.rounded(.up)
        }
      return (clamped(rounded), clamped(rounded), 0)
    case .linear:
      let first = place.rounded(.down)
      return (clamped(first), clamped(first + 1), place - first)
    }
  }

  package func step(_ site: StepSite) -> any Step {
    let (from, to) = (site.inputs[0].buffer, site.output)
    let lines = (0..<to.shape[0]).map {
      source($0, from: from.height, to: to.shape[0], scale: scaleHeight)
    }
    let columns = (0..<to.shape[1]).map {
      source($0, from: from.width, to: to.shape[1], scale: scaleWidth)
    }
    let isNearest = mode != .linear
    return PlainStep(site, costPerElement: isNearest ? 1 : 4) { pass, rows in
      // SAFETY: places are those of the input.
      let (x, y) = unsafe (pass.input(0), pass.output)
      for row in rows {
        let (line, column) = row.quotientAndRemainder(dividingBy: columns.count)
        let (v, h) = (lines[line], columns[column])
        let b = unsafe y + to.row(row)
        let a00 = unsafe x + from.pixel(v.first, h.first)
        if isNearest {
          unsafe b.update(from: a00, count: to.width)
          continue
        }
        let a01 = unsafe x + from.pixel(v.first, h.second)
        let a10 = unsafe x + from.pixel(v.second, h.first)
        let a11 = unsafe x + from.pixel(v.second, h.second)
        for c in 0..<to.width {
          let upper = unsafe a00[c] + (a01[c] - a00[c]) * h.weight
          let lower = unsafe a10[c] + (a11[c] - a10[c]) * h.weight
          unsafe b[c] = upper + (lower - upper) * v.weight
        }
      }
    }
  }
}
