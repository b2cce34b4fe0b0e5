/// How many zeros stand around an image, in pixels.
public struct Padding: Sendable, Hashable {
  /// Rows above and below, columns left and right.
  public var top, bottom, left, right: Int

  /// Creates a padding from its four sides.
  public init(top: Int = 0, bottom: Int = 0, left: Int = 0, right: Int = 0) {
    (self.top, self.bottom, self.left, self.right) = (top, bottom, left, right)
  }

  /// The same number of zeros on each side.
  public init(_ all: Int) { self.init(top: all, bottom: all, left: all, right: all) }

  /// One around the other.
  package static func + (a: Padding, b: Padding) -> Padding {
    Padding(
      top: a.top + b.top, bottom: a.bottom + b.bottom, left: a.left + b.left,
      right: a.right + b.right)
  }
}

/// The windows that a convolution or a pool moves over an image.
public struct Window: Sendable, Hashable {
  /// Extents in pixels.
  public var height, width: Int
  /// Pixels from one window to the next.
  public var strideHeight, strideWidth: Int
  /// Pixels from one tap to the next.
  public var dilationHeight, dilationWidth: Int
  /// What stands around the image.
  public var padding: Padding
  /// Whether a last window that begins inside and ends outside of the padding counts.
  public var ceil: Bool

  /// Pixels from the first tap to behind the last.
  package var spanHeight: Int { (height - 1) * dilationHeight + 1 }
  package var spanWidth: Int { (width - 1) * dilationWidth + 1 }

  func check(_ check: LayerCheck, _ what: String) throws(TensorError) {
    try check.extent("\(what) height", height)
    try check.extent("\(what) width", width)
    try check.extent("stride", strideHeight)
    try check.extent("stride", strideWidth)
    try check.extent("dilation", dilationHeight)
    try check.extent("dilation", dilationWidth)
    for (side, value) in [
      ("top", padding.top), ("bottom", padding.bottom), ("left", padding.left),
      ("right", padding.right),
    ] { try check.extent("\(side) padding", value, from: 0) }
  }

  /// Height and width of the output.
  func outputExtents(_ check: LayerCheck, _ x: [Int]) throws(TensorError) -> [Int] {
    let (padded, wide) = (x[0] + padding.top + padding.bottom, x[1] + padding.left + padding.right)
    guard padded >= spanHeight, wide >= spanWidth else {
      throw .inputTooSmall(
        layer: check.name, height: x[0], width: x[1],
        minimumHeight: spanHeight - padding.top - padding.bottom,
        minimumWidth: spanWidth - padding.left - padding.right)
    }
    func windows(_ padded: Int, _ span: Int, _ stride: Int, _ end: Int) -> Int {
      let count = (padded - span + (ceil ? stride - 1 : 0)) / stride + 1
      // A window that would begin behind the image sees nothing of it.
      return ceil && (count - 1) * stride >= end ? count - 1 : count
    }
    return [
      windows(padded, spanHeight, strideHeight, x[0] + padding.top),
      windows(wide, spanWidth, strideWidth, x[1] + padding.left),
    ]
  }
}

/// A convolution: `kernel` `[kH, kW, in / groups, out]`, or `[kH, kW, in, 1]` if each channel is a
/// group of its own, and `bias` `[out]` if it has one.
///
/// Output channel o of G groups reads the input channels of group ⌊o · G / out⌋.
public struct Convolution: Sendable, Hashable {
  /// Filter, strides, dilations and the zeros around the image.
  public var window: Window
  /// Channels read and written.
  public var input, output: Int
  /// How many groups the channels form; each output channel reads its own group only.
  public var groups: Int
  /// Whether a bias is added.
  public var hasBias: Bool

  /// Creates a convolution; see ``Graph/add(_:_:_:)-(String,Operation,Int...)`` for what is refused.
  public init(
    height: Int, width: Int, input: Int, output: Int, strideHeight: Int = 1,
    strideWidth: Int = 1, dilationHeight: Int = 1, dilationWidth: Int = 1, groups: Int = 1,
    padding: Padding = Padding(), bias: Bool = true
  ) {
    window = Window(
      height: height, width: width, strideHeight: strideHeight, strideWidth: strideWidth,
      dilationHeight: dilationHeight, dilationWidth: dilationWidth, padding: padding, ceil: false)
    (self.input, self.output, self.groups, hasBias) = (input, output, groups, bias)
  }

  /// Whether each channel is a group of its own.
  package var isDepthwise: Bool { groups > 1 && groups == input && groups == output }

  /// Whether it is a depthwise one of 3×3 neighbours, one pixel apart.
  var isPlainDepthwise: Bool {
    isDepthwise && window.height == 3 && window.width == 3 && window.strideHeight == 1
      && window.strideWidth == 1 && window.dilationHeight == 1 && window.dilationWidth == 1
  }

  func check(_ check: LayerCheck) throws(TensorError) {
    try window.check(check, "filter")
    try check.extent(isDepthwise ? "channels" : "input channels", input)
    try check.extent("output channels", output)
    try check.extent("groups", groups)
    guard input % groups == 0, output % groups == 0 else {
      throw .invalidLayer(
        name: check.name, property: "groups", value: "\(groups)",
        expected: "a divisor of \(input) and \(output) channels")
    }
    guard Shape.count(of: [window.height, window.width, input / groups, output]) != nil else {
      throw .layerTooLarge(
        layer: check.name, dimensions: [window.height, window.width, input / groups, output])
    }
  }

  var parameters: [(variable: String, dimensions: [Int])] {
    let channels = isDepthwise ? [input, 1] : [input / groups, output]
    return [("kernel", [window.height, window.width] + channels)]
      + (hasBias ? [("bias", [output])] : [])
  }
}

/// The windows of a pool.
public struct Pooling: Sendable, Hashable {
  /// Extents, strides, dilations and what stands around the image.
  public var window: Window

  /// Creates a pool's windows.
  public init(
    height: Int, width: Int, strideHeight: Int = 1, strideWidth: Int = 1, dilationHeight: Int = 1,
    dilationWidth: Int = 1, padding: Padding = Padding(), ceil: Bool = false
  ) {
    window = Window(
      height: height, width: width, strideHeight: strideHeight, strideWidth: strideWidth,
      dilationHeight: dilationHeight, dilationWidth: dilationWidth, padding: padding, ceil: ceil)
  }

  func check(_ check: LayerCheck) throws(TensorError) {
    try window.check(check, "window")
    let p = window.padding
    // Else a window could see nothing of the image, and would have no value.
    try check.range("padding", max(p.top, p.bottom), 0...window.spanHeight - 1)
    try check.range("padding", max(p.left, p.right), 0...window.spanWidth - 1)
  }

  /// A square window of neighbours without padding: its side and stride, or nil.
  package var plainSquare: (window: Int, stride: Int)? {
    let w = window
    guard w.height == w.width, w.strideHeight == w.strideWidth, w.dilationHeight == 1,
      w.dilationWidth == 1
    else { return nil }
    return (w.height, w.strideHeight)
  }
}
