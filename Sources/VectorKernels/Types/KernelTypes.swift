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

/// What becomes of a tile's sums: what is added to them, what they pass through, what is written.
public struct Epilogue: BitwiseCopyable, Sendable {
  /// What is added.
  public enum Addition: UInt8, BitwiseCopyable, Sendable {
    case nothing, bias, biasAndResidual
  }
  /// What the output passes through before it is written.
  public enum Activation: UInt8, BitwiseCopyable, Sendable {
    case identity, relu
  }
  /// What is written: the output, the copy max(output · scale + shift, 0), or both.
  public enum Target: UInt8, BitwiseCopyable, Sendable {
    case output, activatedCopy, outputAndActivatedCopy
  }

  /// What is added to the sums.
  public var adds: Addition
  /// What they then pass through; a residual and an activated copy leave it at the identity.
  public var activation: Activation
  /// What is written.
  public var writes: Target

  /// Creates an epilogue.
  public init(adds: Addition, activation: Activation = .identity, writes: Target = .output) {
    (self.adds, self.activation, self.writes) = (adds, activation, writes)
  }

  /// Sums are stored as they are.
  public static var none: Epilogue { Epilogue(adds: .nothing) }
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
  /// What becomes of the sums.
  public var epilogue: Epilogue
  /// Whether the lines that the epilogue reads and writes are fetched while sums are computed;
  /// of no use where they are in the cache already.
  public var fetchesLines: Bool

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
    unsafe epilogue = .none
    unsafe fetchesLines = true
  }
}
