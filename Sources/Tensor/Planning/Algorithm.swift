/// How one convolution is computed.
public enum Algorithm: String, Sendable, CaseIterable {
  /// Sums in registers, input read in place.
  case direct
  /// Winograd F(2×2, 3×3), all frequencies of a block of tiles by one thread.
  case winograd2
  /// The same, but the threads share out the frequencies.
  case winograd2Split
  /// Winograd F(4×4, 3×3), all frequencies of a block of tiles by one thread.
  case winograd4
  /// The same, but the threads share out the frequencies.
  case winograd4Split
  /// Winograd F(5×5, 3×3), frequencies shared out: 14×14 outputs are 5 + 5 + 4 a side.
  case winograd5Split
  /// Winograd F(6×6, 3×3), all frequencies of a block of tiles by one thread.
  case winograd6
  /// Columns unrolled in cache-sized panels, then OpenBLAS; 1×1 without copy.
  case im2col

  /// Outputs a side of a Winograd tile; 0 for the others.
  var tile: Int {
    switch self {
    case .winograd2, .winograd2Split: 2
    case .winograd4, .winograd4Split: 4
    case .winograd5Split: 5
    case .winograd6: 6
    case .direct, .im2col: 0
    }
  }

  var splitsFrequencies: Bool {
    self == .winograd2Split || self == .winograd4Split || self == .winograd5Split
  }
}

/// What an algorithm is chosen by.
public struct ConvolutionShape: Sendable, Hashable {
  /// Height and width of the filter.
  public package(set) var kernelHeight, kernelWidth: Int
  /// Pixels from one window to the next.
  public package(set) var stride: Int
  /// Channels read and written.
  public package(set) var input, output: Int
  /// Height and width of one output image.
  public package(set) var height, width: Int
  /// How many images are computed together.
  public package(set) var images: Int
  /// Whether the epilogue is one that Winograd's output transform knows: bias, with or without ReLU.
  public package(set) var hasPlainEpilogue: Bool

  /// Describes a convolution.
  ///
  /// - Throws: ``TensorError/invalidOption(name:value:expected:)`` for an extent that is not 1 to
  ///   1048576, or more than 65536 images.
  public init(
    kernelHeight: Int, kernelWidth: Int, stride: Int, input: Int, output: Int, height: Int,
    width: Int, images: Int, hasPlainEpilogue: Bool
  ) throws(TensorError) {
    for (name, value, most) in [
      ("kernelHeight", kernelHeight, 1 << 20), ("kernelWidth", kernelWidth, 1 << 20),
      ("stride", stride, 1 << 20), ("input", input, 1 << 20), ("output", output, 1 << 20),
      ("height", height, 1 << 20), ("width", width, 1 << 20), ("images", images, 1 << 16),
    ] where !(1...most).contains(value) {
      throw .invalidOption(name: name, value: "\(value)", expected: "1 to \(most)")
    }
    self.init(
      kernel: (kernelHeight, kernelWidth), stride: stride, input: input, output: output,
      height: height, width: width, images: images, hasPlainEpilogue: hasPlainEpilogue)
  }

  /// Describes a convolution whose extents were checked.
  package init(
    kernel: (height: Int, width: Int), stride: Int, input: Int, output: Int, height: Int,
    width: Int, images: Int, hasPlainEpilogue: Bool
  ) {
    (kernelHeight, kernelWidth, self.stride) = (kernel.height, kernel.width, stride)
    (self.input, self.output, self.height, self.width) = (input, output, height, width)
    (self.images, self.hasPlainEpilogue) = (images, hasPlainEpilogue)
  }

  /// Whether Winograd can compute it: 3×3, stride 1, channels in whole vectors.
  package var allowsWinograd: Bool {
    kernelHeight == 3 && kernelWidth == 3 && stride == 1 && hasPlainEpilogue
      && input % 16 == 0 && output % 32 == 0
  }

  /// All algorithms that give this convolution with that engine, the default first.
  public func candidates(_ options: EngineOptions) -> [Algorithm] {
    let plain: Algorithm = options.resolved.engine == .openblas ? .im2col : .direct
    let all: [Algorithm] =
      allowsWinograd && options.algorithms == .fast
      ? [
        plain, .winograd2, .winograd2Split, .winograd4, .winograd4Split, .winograd5Split,
        .winograd6,
      ]
      : [plain]
    let first = defaultAlgorithm(options)
    return [first] + all.filter { $0 != first }
  }

  /// The algorithm by a table from measurements on two cores of Zen3, Zen4 and Emerald Rapids.
  ///
  /// F(4×4) multiplies a quarter as often, but its weights are four times as large: with few
  /// pixels (7×7, one image) reading them costs more than it saves. Splitting tiles keeps a block
  /// in the core's own cache; splitting frequencies reads each weight once a pass. On Intel's
  /// processors both reasons weigh more. F(5×5) covers 14×14 outputs with 400 products for the 484
  /// of F(4×4), but has 49 weights for 36: it takes the fourth stack from four images on. F(6×6)
  /// covers 28×28 with 1,444 for 1,764, and has 64 weights: from 24 tiles an image on the second stack
  /// takes 0.56 ms an image for 0.65 and the third 0.50 for 0.59 (Zen4; on Intel's not measured;
  /// OpenBLAS, which copies weights for each product, gains nothing).
  package func defaultAlgorithm(_ options: EngineOptions) -> Algorithm {
    let plain: Algorithm = options.resolved.engine == .openblas ? .im2col : .direct
    guard allowsWinograd, options.algorithms == .fast else { return plain }
    let four = WinogradTiles(size: 4, height: height, width: width)
    let tiles4 = four.count(images)
    if height <= 2 || width <= 2 { return images * height * width >= 16 ? .winograd2Split : plain }
    let hasAVX512 = options.resolved.instructionSet == .avx512
    let splitsThird = Processor.isIntel && (tiles4 < 98 || !hasAVX512)
    let mostWeights = splitsThird ? 64 * 64 : 128 * 128
    if input * output <= mostWeights {
      let six = WinogradTiles(size: 6, height: height, width: width)
      let saves = six.products * 10 < four.products * 9 && six.count(1) >= 24
      return saves && plain == .direct && !Processor.isIntel ? .winograd6 : .winograd4
    }
    let five = WinogradTiles(size: 5, height: height, width: width)
    if five.count(images) >= 36, five.products * 10 < four.products * 9 { return .winograd5Split }
    let isStarved = Processor.isIntel && hasAVX512
    return tiles4 >= (isStarved ? 32 : 14) ? .winograd4Split : .winograd2Split
  }
}
