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

/// A function of each element, with its numbers.
public struct Activation: BitwiseCopyable, Sendable {
  /// Which one; a and b are its numbers.
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// x between a and b; a · x below 0; max(0, min(1, a · x + b)); a · (eˣ − 1) below 0.
    case identity, clip, leakyRelu, hardSigmoid, elu
    case sigmoid, hardSwish, silu, tanh, gelu, geluTanh, erf, absolute, negate, reciprocal,
      squareRoot
  }
  /// Which function it is.
  public var kind: Kind
  /// Its numbers.
  public var a, b: Float

  /// Creates a function.
  public init(_ kind: Kind, _ a: Float = 0, _ b: Float = 0) {
    (self.kind, self.a, self.b) = (kind, a, b)
  }

  /// x as it is.
  public static var identity: Activation { Activation(.identity) }
}

/// A function of two elements.
public enum Combination: UInt8, BitwiseCopyable, Sendable {
  /// By their usual names; NaN if one is.
  case add, subtract, multiply, divide, minimum, maximum
}

/// What becomes of a tile's sums: what is added to them, what they pass through, what is written.
public struct Epilogue: BitwiseCopyable, Sendable {
  /// What is added.
  public enum Addition: UInt8, BitwiseCopyable, Sendable {
    case nothing, bias, biasAndResidual
  }
  /// What is written: the output, the copy max(output · scale + shift, 0), or both.
  public enum Target: UInt8, BitwiseCopyable, Sendable {
    case output, activatedCopy, outputAndActivatedCopy
  }

  /// What is added to the sums.
  public var adds: Addition
  /// The least and the greatest output: what is beyond is cut, before it is written.
  public var least, most: Float
  /// What the output passes through behind that; an activated copy leaves it at the identity.
  public var activation: Activation
  /// What is written.
  public var writes: Target

  /// Creates an epilogue.
  public init(
    adds: Addition, least: Float = -.infinity, most: Float = .infinity,
    activation: Activation = .identity, writes: Target = .output
  ) {
    (self.adds, self.least, self.most) = (adds, least, most)
    (self.activation, self.writes) = (activation, writes)
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
