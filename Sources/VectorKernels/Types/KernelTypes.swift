/// Where one output pixel's data lie, as element offsets from the bases in ``TileArguments``.
///
/// A table of these makes any pixels a tile: rows of an image need not be multiples of the tile.
public struct PixelOffsets: BitwiseCopyable, Sendable {
  /// First input element under the filter's top-left tap.
  public var input: Int32
  /// First element of the output pixel.
  public var output: Int32
  /// First element of the residual pixel.
  public var residual: Int32
  /// First element of the activated copy of the output pixel.
  public var activated: Int32

  /// Creates an entry from its four offsets, in elements.
  public init(input: Int, output: Int, residual: Int = 0, activated: Int = 0) {
    self.input = Int32(input)
    self.output = Int32(output)
    self.residual = Int32(residual)
    self.activated = Int32(activated)
  }
}

/// What happens to a tile's sums while they are still in registers.
public enum Epilogue: Int, Sendable {
  /// Stores the sums.
  case store
  /// Stores sum + bias.
  case bias
  /// Stores max(sum + bias, 0).
  case biasReLU
  /// v = sum + bias + residual; stores v and max(v · scale + shift, 0).
  case residualBoth
  /// v = sum + bias + residual; stores v.
  case residualRaw
  /// v = sum + bias + residual; stores max(v · scale + shift, 0).
  case residualActivated
  /// v = sum + bias; stores v and max(v · scale + shift, 0).
  case biasBoth
  /// v = sum + bias; stores max(v · scale + shift, 0).
  case biasActivated

  /// Whether a residual is read.
  public var readsResidual: Bool {
    self == .residualBoth || self == .residualRaw || self == .residualActivated
  }
  /// Whether `y` is written.
  public var writesRaw: Bool { self != .residualActivated && self != .biasActivated }
  /// Whether `activated` is written.
  public var writesActivated: Bool {
    self == .residualBoth || self == .residualActivated || self == .biasBoth
      || self == .biasActivated
  }
}

/// The operands that all tiles of one convolution share.
@unsafe public struct TileArguments {
  /// Input, output, residual and activated copy: the bases of ``PixelOffsets``.
  public var x: UnsafePointer<Float>
  public var y: UnsafeMutablePointer<Float>
  public var residual: UnsafePointer<Float>
  public var activated: UnsafeMutablePointer<Float>
  /// Element offset of each run of consecutive taps from a pixel's first one.
  public var segments: UnsafePointer<Int>
  public var segmentCount: Int
  /// How many consecutive elements one segment has.
  public var segmentLength: Int
  /// `[out]`, each padded to whole panels.
  public var bias: UnsafePointer<Float>
  public var scale: UnsafePointer<Float>
  public var shift: UnsafePointer<Float>
  public var epilogue: Int
  /// Room for one tile's sums, private to the thread.
  public var sums: UnsafeMutablePointer<Float>

  /// Creates the operands of a product without residual or activated copy.
  public init(
    x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, segments: UnsafePointer<Int>,
    segmentCount: Int, segmentLength: Int, bias: UnsafePointer<Float>, epilogue: Epilogue,
    sums: UnsafeMutablePointer<Float>
  ) {
    unsafe self.x = x
    unsafe self.y = y
    unsafe residual = x
    unsafe activated = y
    unsafe self.segments = segments
    unsafe self.segmentCount = segmentCount
    unsafe self.segmentLength = segmentLength
    unsafe self.bias = bias
    unsafe scale = bias
    unsafe shift = bias
    unsafe self.epilogue = epilogue.rawValue
    unsafe self.sums = sums
  }
}
