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

/// The operands that all tiles of one convolution share.
@unsafe public struct TileArguments {
  /// Input, the base of ``PixelOffsets/input``.
  public var x: UnsafePointer<Float>
  /// Output, the base of ``PixelOffsets/output``.
  public var y: UnsafeMutablePointer<Float>
  /// Residual, the base of ``PixelOffsets/residual``.
  public var residual: UnsafePointer<Float>
  /// Activated copy, the base of ``PixelOffsets/activated``.
  public var activated: UnsafeMutablePointer<Float>
  /// Element offset of each run of consecutive taps from a pixel's first one.
  public var segments: UnsafePointer<Int>
  /// How many runs there are.
  public var segmentCount: Int
  /// How many consecutive elements one segment has.
  public var segmentLength: Int
  /// Bias, `[out]` in whole panels.
  public var bias: UnsafePointer<Float>
  /// Scale of the activated copy, `[out]` in whole panels.
  public var scale: UnsafePointer<Float>
  /// Shift of the activated copy, `[out]` in whole panels.
  public var shift: UnsafePointer<Float>
  /// Whether sums are finished (bias and what follows) or stored as they are.
  public var finishes: Bool
  /// Whether max(·, 0) is what a step without residual and activated copy stores.
  public var appliesReLU: Bool
  /// Whether a residual is added, `y` written, and the activated copy written.
  public var readsResidual, writesRaw, writesActivated: Bool

  /// Creates the operands of a bare product: sums are stored as they are.
  public init(
    x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, segments: UnsafePointer<Int>,
    segmentCount: Int, segmentLength: Int, bias: UnsafePointer<Float>
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
    unsafe finishes = false
    unsafe appliesReLU = false
    unsafe readsResidual = false
    unsafe writesRaw = true
    unsafe writesActivated = false
  }
}
