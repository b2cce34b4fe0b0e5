import KernelTypes
private import KernelsPortable

/// Reads a tensor of the network by its name, `layer/variable`.
///
/// Called while a network is packed, from several threads. Nil says that there is none, and a tensor
/// of another shape than the layer's is refused.
public typealias ParameterSource = @Sendable (_ name: String) -> Tensor?

/// One convolution's weights in the order in which its algorithm reads them.
///
/// Layouts, n being output channels in whole panels of w: `direct` `[n/w][K][w]`; Winograd the
/// same for each frequency, `[(m+2)²][n/w][in][w]`; for OpenBLAS rows of n: `[K][n]` and
/// `[(m+2)²][in][n]`. Bias, scale and shift of the activated copy follow, n each.
struct PackedConvolution: Sendable {
  private let buffer: AlignedBuffer
  private let offset: Int
  private let weightCount, columns: Int

  init(_ buffer: AlignedBuffer, offset: Int, weightCount: Int, columns: Int) {
    (self.buffer, self.offset) = (buffer, offset)
    (self.weightCount, self.columns) = (weightCount, columns)
  }

  var weights: UnsafeMutablePointer<Float> { unsafe buffer.pointer + offset }
  var bias: UnsafeMutablePointer<Float> { unsafe weights + weightCount }
  var scale: UnsafeMutablePointer<Float> { unsafe bias + columns }
  var shift: UnsafeMutablePointer<Float> { unsafe scale + columns }
}

/// Brings one layer's tensors into the order of its algorithm, batch norms folded in.
struct WeightPacking: Sendable {
  private let graph: Graph
  /// Layers to read: the kernel's, and batch norms in front, behind, and of the activated copy.
  private let kernel, before, after, activation: Int?
  private var shape: ConvolutionShape
  private let tile: Int
  /// Width of a panel, or 0 for rows as OpenBLAS reads them.
  private let panelWidth: Int
  /// The layer whose parameters are kept as they are, one behind the other.
  private var plain: Int?
  /// What each panel of a grouped convolution reads.
  private var groups: GroupPanels?

  /// The packings of a step: one, none, or one for each layer of fused rows that has weights.
  static func packings(
    of step: LayerStep, graph: Graph, options: EngineOptions
  ) -> [WeightPacking] {
    if case .depthwise(let layer) = step.operation {
      return [WeightPacking(depthwise: layer, graph: graph)]
    }
    guard case .fusedRows(let stages) = step.operation else {
      return WeightPacking(step.operation, graph: graph, options: options).map { [$0] } ?? []
    }
    return stages.compactMap {
      switch $0.work {
      case .convolution(let layer):
        WeightPacking(.convolution(layer), graph: graph, options: options)
      case .depthwise(let layer): WeightPacking(depthwise: layer, graph: graph)
      case .pool: nil
      }
    }
  }

  /// A depthwise kernel, `[taps][channels in whole panels]`.
  private init(depthwise layer: ConvolutionLayer, graph: Graph) {
    self.graph = graph
    (kernel, before, after, activation) = (layer.node, nil, layer.after, nil)
    (shape, tile, panelWidth) = (layer.shape, 0, 0)
    shape.input = 1
  }

  /// The packing of a step's weights, or nil if it has none.
  private init?(_ operation: LayerOperation, graph: Graph, options: EngineOptions) {
    self.graph = graph
    let kernels = KernelTable.kernels(of: options.instructionSet ?? .portable)
    panelWidth = options.engine == .openblas ? 0 : kernels.panelWidth
    switch operation {
    case .grouped(let layer):
      (kernel, before, after, tile) = (layer.node, nil, layer.after, 0)
      (activation, shape) = (layer.activation, layer.shape)
      groups = GroupPanels(
        layer.shape, groups: layer.groups, width: panelWidth == 0 ? 32 : panelWidth)
    case .convolution(let layer):
      (kernel, before, after) = (layer.node, layer.before, layer.after)
      (activation, shape, tile) = (layer.activation, layer.shape, layer.algorithm.tile)
    case .normalize(let node, _), .pool(_, _, let node?, _):
      guard case .batchNormalization(let channels, _) = graph.nodes[node].operation else {
        return nil
      }
      (kernel, before, after, activation, tile) = (nil, nil, nil, node, 0)
      shape = ConvolutionShape(
        kernel: (0, 0), stride: 1, input: 0, output: channels, height: 1, width: 1,
        images: 1, hasPlainEpilogue: true)
    case .plain(let work) where !work.operation.parameters.isEmpty:
      (kernel, before, after, activation, tile) = (nil, nil, nil, nil, 0)
      shape = ConvolutionShape(
        kernel: (0, 0), stride: 1, input: 0, output: 0, height: 1, width: 1, images: 1,
        hasPlainEpilogue: true)
      plain = work.node
    default: return nil
    }
  }

  /// Floats that a parameter kept as it is takes.
  static func rounded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  /// Names the result: equal keys hold equal numbers.
  var key: String {
    if let plain { return "\(plain) as it is" }
    let nodes = [kernel, before, after, activation].map { $0 ?? -1 }
    let grouped = groups == nil ? "" : " grouped"
    return "\(nodes)\(grouped) \(shape.kernelHeight)x\(shape.kernelWidth) F\(tile) w\(panelWidth)"
  }

  /// Names the order of several packings in one file.
  static func layout(of packings: [WeightPacking]) -> UInt64 {
    let text = packings.map { "\($0.key) \($0.count);" }.joined()
    // SAFETY: the bytes are used only inside the closure.
    return unsafe Array(text.utf8).withUnsafeBytes { unsafe ContentHash.hash($0, threads: 1) }
  }

  var columns: Int { (shape.output + 31) / 32 * 32 }
  var frequencies: Int {
    tile == 0 ? 1 : (tile + 2) * (tile + 2)
  }
  /// Rows of the kernel as a matrix, in one frequency.
  private var depth: Int {
    tile == 0
      ? shape.kernelHeight * shape.kernelWidth * shape.input : shape.input
  }
  var weightCount: Int {
    if let plain {
      return graph.parameters(of: plain).reduce(0) { $0 + Self.rounded($1.shape.count) }
    }
    if let groups {
      let taps = shape.kernelHeight * shape.kernelWidth
      return groups.count * taps * groups.span * groups.width
    }
    return frequencies * depth * columns
  }
  /// Floats in all, a multiple of 16.
  var count: Int { weightCount + 3 * columns }

  /// Writes the packed form.
  ///
  /// - Throws: ``TensorError/missingParameter(name:)`` or
  ///   ``TensorError/parameterShape(name:expected:found:)``, before anything of the tensor is packed.
  func pack(from source: ParameterSource, into target: PackedConvolution) throws(TensorError) {
    func parameter(_ node: Int, _ variable: String) throws(TensorError) -> [Float] {
      let name = "\(graph.nodes[node].name)/\(variable)"
      guard let expected = graph.parameters(of: node).first(where: { $0.name == name })?.shape
      else { preconditionFailure("no layer reads \(name)") }
      guard let tensor = source(name) else { throw .missingParameter(name: name) }
      guard tensor.shape == expected else {
        throw .parameterShape(name: name, expected: expected, found: tensor.shape)
      }
      return tensor.elements
    }
    func affine(_ node: Int) throws(TensorError) -> (scale: [Float], shift: [Float]) {
      guard case .batchNormalization(_, let epsilon) = graph.nodes[node].operation else {
        preconditionFailure("\(graph.nodes[node].name) is no batch norm")
      }
      let gamma = try parameter(node, "gamma")
      let beta = try parameter(node, "beta")
      let mean = try parameter(node, "moving_mean")
      let variance = try parameter(node, "moving_variance")
      let scale = gamma.indices.map {
        Double(gamma[$0]) / (Double(variance[$0]) + Double(epsilon)).squareRoot()
      }
      return (
        scale.map { Float($0) },
        scale.indices.map { Float(Double(beta[$0]) - Double(mean[$0]) * scale[$0]) }
      )
    }
    if let plain {
      var next = unsafe target.weights
      for (variable, dimensions) in graph.nodes[plain].operation.parameters {
        let elements = try parameter(plain, variable)
        // SAFETY: `target` was made for all parameters, each rounded up.
        unsafe elements.withUnsafeBufferPointer { elements in
          if let first = elements.baseAddress {
            unsafe next.update(from: first, count: elements.count)
          }
        }
        unsafe next += Self.rounded(dimensions.reduce(1, *))
      }
      return
    }
    let output = shape.output
    var kernel: [Float] = []
    var bias = [Float](repeating: 0, count: output)
    if let node = self.kernel {
      kernel = try parameter(node, "kernel")
      if graph.nodes[node].operation.parameters.contains(where: { $0.variable == "bias" }) {
        bias = try parameter(node, "bias")
      }
    }
    if let before {
      // y = (x · scale + shift) · W + b, so row k of W takes scale[k], and b takes shift · W.
      let (scale, shift) = try affine(before)
      var sums = bias.map { Double($0) }
      for k in 0..<(kernel.count / output) {
        let (s, t) = (scale[k % scale.count], Double(shift[k % shift.count]))
        for j in 0..<output {
          sums[j] += t * Double(kernel[k * output + j])
          kernel[k * output + j] *= s
        }
      }
      bias = sums.map { Float($0) }
    }
    var columnScale = [Float](repeating: 1, count: output)
    if let after {
      let (scale, shift) = try affine(after)
      columnScale = scale
      bias = bias.indices.map { bias[$0] * scale[$0] + shift[$0] }
    }
    var activated: (scale: [Float], shift: [Float])?
    if let activation { activated = try affine(activation) }
    // SAFETY: `target` was made for `count` floats, and each part below stays within its own.
    for j in 0..<columns {
      unsafe target.bias[j] = j < output ? bias[j] : 0
      unsafe target.scale[j] = j < output ? activated?.scale[j] ?? 1 : 0
      unsafe target.shift[j] = j < output ? activated?.shift[j] ?? 0 : 0
    }
    columnScale += [Float](repeating: 0, count: columns - output)
    unsafe kernel.withUnsafeBufferPointer { kernel in
      unsafe columnScale.withUnsafeBufferPointer { scale in
        guard let kernel = kernel.baseAddress, let scale = scale.baseAddress else { return }
        if let groups {
          unsafe packGroups(groups, kernel, scale, target.weights)
        } else if tile == 0 {
          unsafe packRows(kernel, scale, target.weights)
        } else {
          unsafe packFrequencies(kernel, scale, target.weights)
        }
      }
    }
  }

  /// Where the 16 weights of row `k` from column `j` on go, within one frequency.
  @inline(__always) private func position(_ k: Int, _ j: Int) -> Int {
    panelWidth == 0 ? k * columns + j : (j / panelWidth * depth + k) * panelWidth + j % panelWidth
  }

  private typealias Block = SIMD16<Float>

  /// 16 weights of a row, times their scales; zeros beyond the last column.
  @inline(__always) private func block(
    _ row: UnsafePointer<Float>, _ j: Int, _ scale: UnsafePointer<Float>
  ) -> Block {
    if j + 16 <= shape.output {
      return unsafe UnsafeRawPointer(row + j).loadUnaligned(as: Block.self)
        * UnsafeRawPointer(scale + j).loadUnaligned(as: Block.self)
    }
    var result = Block.zero
    for i in 0..<16 where j + i < shape.output { unsafe result[i] = row[j + i] * scale[j + i] }
    return result
  }

  private func packRows(
    _ kernel: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>
  ) {
    for j in stride(from: 0, to: columns, by: 16) {
      for k in 0..<depth {
        unsafe UnsafeMutableRawPointer(target + position(k, j)).storeBytes(
          of: block(kernel + k * shape.output, j, scale), as: Block.self)
      }
    }
  }

  /// Each panel's weights, `[taps][span][width]`, zeros between different groups.
  private func packGroups(
    _ groups: GroupPanels, _ kernel: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>
  ) {
    var next = unsafe target
    for panel in 0..<groups.count {
      for tap in 0..<shape.kernelHeight * shape.kernelWidth {
        for k in 0..<groups.span {
          for j in 0..<groups.width {
            let output = panel * groups.width + j
            let channel =
              output < shape.output ? groups.kernelChannel(k, panel: panel, output: output) : nil
            unsafe next[j] =
              channel.map {
                unsafe kernel[(tap * groups.read + $0) * shape.output + output] * scale[output]
              } ?? 0
          }
          unsafe next += groups.width
        }
      }
    }
  }

  /// U = G·g·Gᵀ for each pair of channels (Lavin & Gray 2016, section 4): the filter's values at the
  /// points and, last, at infinity.
  private func packFrequencies(
    _ kernel: UnsafePointer<Float>, _ scale: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>
  ) {
    let output = shape.output
    let size = tile + 2
    let tap = shape.input * output
    let (points, factors) = evaluation()
    @inline(__always) func line(
      _ a: Block, _ b: Block, _ c: Block, _ write: (_ i: Int, Block) -> Void
    ) {
      for i in 0...tile { write(i, (a + (b + c * points[i]) * points[i]) * factors[i]) }
      write(tile + 1, c)
    }
    for j in stride(from: 0, to: columns, by: 16) {
      for k in 0..<depth {
        let g = unsafe kernel + k * output
        var halves = InlineArray<24, Block>(repeating: .zero)  // G·g, [size][3]
        for column in 0..<3 {
          unsafe line(
            block(g + column * tap, j, scale), block(g + (3 + column) * tap, j, scale),
            block(g + (6 + column) * tap, j, scale)
          ) { halves[$0 * 3 + column] = $1 }
        }
        for row in 0..<size {
          line(halves[row * 3], halves[row * 3 + 1], halves[row * 3 + 2]) { column, value in
            let frequency = row * size + column
            unsafe UnsafeMutableRawPointer(target + frequency * depth * columns + position(k, j))
              .storeBytes(of: value, as: Block.self)
          }
        }
      }
    }
  }

  /// G's points, and what each line is multiplied with: 1 / Π (point - another).
  private func evaluation() -> (points: InlineArray<7, Float>, factors: InlineArray<7, Float>) {
    let points = InlineArray<7, Float> { winogradPoint($0) }
    let factors = InlineArray<7, Float> { i in
      i > tile ? 0 : 1 / (0...tile).reduce(1) { $1 == i ? $0 : $0 * (points[i] - points[$1]) }
    }
    return (points, factors)
  }
}

/// Scale and shift of a batch norm that stands alone.
struct Affine: Sendable {
  private let packed: PackedConvolution
  init(_ packed: PackedConvolution) { self.packed = packed }
  var scale: UnsafePointer<Float> { unsafe UnsafePointer(packed.scale) }
  var shift: UnsafePointer<Float> { unsafe UnsafePointer(packed.shift) }
}
