/// The kernels of one instruction set, which its module fills in; documented in
/// Sources/VectorKernels/Shared.
@safe public struct KernelTable: Sendable {
  /// Floats that a kernel reads.
  public typealias Read = UnsafePointer<Float>
  /// Floats that a kernel writes.
  public typealias Write = UnsafeMutablePointer<Float>

  /// Floats in one step of a weight panel.
  public let panelWidth: Int
  /// Most pixels of one tile.
  public let tileRows: Int
  /// Steps of K from one portion of fetched weights to the next.
  public let fetchSteps: Int
  /// A tile of a convolution, epilogue included.
  public let convolutionTile:
    @Sendable (
      UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int, Read?, Int
    ) -> Void
  /// The epilogue of sums that OpenBLAS left in memory.
  public let applyEpilogue:
    @Sendable (UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int, Int) ->
      Void
  /// A tile's frequencies.
  public let winogradInput:
    @Sendable (Int, Int, Int, Read, Int, Int, Write, Int, Int, Write) -> Void
  /// Frequencies back to output pixels.
  public let winogradOutput:
    @Sendable (Int, Int, Int, Read, Int, Write, Int, Int, Int, Read, Bool, Write) -> Void
  /// A batch norm of a row.
  public let affine: @Sendable (Read, Int, Write, Int, Int, Int, Read, Read, Bool) -> Void
  /// ReLU of a row.
  public let reluRow: @Sendable (Read, Int, Write, Int, Int, Int) -> Void
  /// The sum of two rows.
  public let addRows: @Sendable (Read, Int, Read, Int, Write, Int, Int, Int) -> Void
  /// Max pooling of a row.
  public let maxPoolRow:
    @Sendable (Read, Int, Int, Int, Int, Write, Int, Int, Int, Read?, Read?, Bool) -> Void
  /// The mean over all pixels.
  public let globalAverage: @Sendable (Read, Int, Int, Int, Int, Write, Int) -> Void
  /// A tile of one vector of channels.
  public let narrowTile:
    @Sendable (UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int) -> Void
  /// A row of a depthwise 3×3 convolution.
  public let depthwiseRow:
    @Sendable (Read, Read, Read, Int, Write, Int, Int, Int, Read, Int, Read, Bool) -> Void
  /// The sum of a row and one of a map of half the size.
  public let addUpsampledRow: @Sendable (Read, Int, Read, Int, Write, Int, Int, Int) -> Void
  /// A function of each element of a row.
  public let activateRow:
    @Sendable (UnsafePointer<Activation>, Read, Int, Write, Int, Int, Int) -> Void
  /// A function of each pair of elements of two rows.
  public let combineRow:
    @Sendable (Combination, Read, Int, Bool, Read, Int, Bool, Write, Int, Int, Int) -> Void
  /// A row of a depthwise convolution of any window.
  public let depthwiseWindowRow:
    @Sendable (
      Read, Int, Int, Int, Int, Int, Write, Int, Int, Int, Read, Int, Read, UnsafePointer<Epilogue>
    ) -> Void
  /// The softmax of a row.
  public let softmaxRow: @Sendable (Read, Write, Int) -> Void
  /// A row less its mean, over its deviation.
  public let normalizeRow: @Sendable (Read, Write, Int, Read, Read, Float) -> Void
  /// Multiply–adds at the processor's full rate.
  public let multiplyAddLoop: @Sendable (Int, Float) -> Float
  /// Floating-point operations of one of its rounds.
  public let multiplyAddLoopOperations: Int

  /// Puts a table together.
  public init(
    panelWidth: Int,
    tileRows: Int,
    fetchSteps: Int,
    convolutionTile:
      @escaping @Sendable (
        UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int, Read?, Int
      ) -> Void,
    applyEpilogue:
      @escaping @Sendable (
        UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int, Int
      ) -> Void,
    winogradInput:
      @escaping @Sendable (Int, Int, Int, Read, Int, Int, Write, Int, Int, Write) -> Void,
    winogradOutput:
      @escaping @Sendable (Int, Int, Int, Read, Int, Write, Int, Int, Int, Read, Bool, Write) ->
      Void,
    affine: @escaping @Sendable (Read, Int, Write, Int, Int, Int, Read, Read, Bool) -> Void,
    reluRow: @escaping @Sendable (Read, Int, Write, Int, Int, Int) -> Void,
    addRows: @escaping @Sendable (Read, Int, Read, Int, Write, Int, Int, Int) -> Void,
    maxPoolRow:
      @escaping @Sendable (Read, Int, Int, Int, Int, Write, Int, Int, Int, Read?, Read?, Bool) ->
      Void,
    globalAverage: @escaping @Sendable (Read, Int, Int, Int, Int, Write, Int) -> Void,
    narrowTile:
      @escaping @Sendable (
        UnsafePointer<TileArguments>, UnsafePointer<PixelOffsets>, Int, Read, Int
      ) -> Void,
    depthwiseRow:
      @escaping @Sendable (Read, Read, Read, Int, Write, Int, Int, Int, Read, Int, Read, Bool) ->
      Void,
    addUpsampledRow: @escaping @Sendable (Read, Int, Read, Int, Write, Int, Int, Int) -> Void,
    activateRow:
      @escaping @Sendable (UnsafePointer<Activation>, Read, Int, Write, Int, Int, Int) -> Void,
    combineRow:
      @escaping @Sendable (Combination, Read, Int, Bool, Read, Int, Bool, Write, Int, Int, Int) ->
      Void,
    depthwiseWindowRow:
      @escaping @Sendable (
        Read, Int, Int, Int, Int, Int, Write, Int, Int, Int, Read, Int, Read,
        UnsafePointer<Epilogue>
      ) -> Void,
    softmaxRow: @escaping @Sendable (Read, Write, Int) -> Void,
    normalizeRow: @escaping @Sendable (Read, Write, Int, Read, Read, Float) -> Void,
    multiplyAddLoop: @escaping @Sendable (Int, Float) -> Float,
    multiplyAddLoopOperations: Int
  ) {
    self.panelWidth = panelWidth
    self.tileRows = tileRows
    self.fetchSteps = fetchSteps
    unsafe self.convolutionTile = convolutionTile
    unsafe self.applyEpilogue = applyEpilogue
    unsafe self.winogradInput = winogradInput
    unsafe self.winogradOutput = winogradOutput
    unsafe self.affine = affine
    unsafe self.reluRow = reluRow
    unsafe self.addRows = addRows
    unsafe self.maxPoolRow = maxPoolRow
    unsafe self.globalAverage = globalAverage
    unsafe self.narrowTile = narrowTile
    unsafe self.depthwiseRow = depthwiseRow
    unsafe self.addUpsampledRow = addUpsampledRow
    unsafe self.activateRow = activateRow
    unsafe self.combineRow = combineRow
    unsafe self.depthwiseWindowRow = depthwiseWindowRow
    unsafe self.softmaxRow = softmaxRow
    unsafe self.normalizeRow = normalizeRow
    self.multiplyAddLoop = multiplyAddLoop
    self.multiplyAddLoopOperations = multiplyAddLoopOperations
  }
}
