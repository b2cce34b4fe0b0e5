extension Network {
  /// Measures every algorithm for each convolution of an input shape, in place, and returns the
  /// fastest.
  ///
  /// One network for each algorithm runs the same input, in turn, round after round; a layer's time
  /// is its least over all rounds, because other programs only ever make it slower. Measuring whole
  /// passes, and not a layer in a loop, leaves the caches as they are in use.
  ///
  /// - `rounds`: How often each algorithm runs the network.
  /// - `progress`: Called after each round with its number.
  ///
  /// - Returns: Choices for ``init(_:options:choices:source:)`` and ``TunedAlgorithms``.
  /// - Throws: ``TensorError`` if `rounds` is below 1, and as ``run(_:keeping:)`` does.
  package func tune(
    batch: Int, height: Int, width: Int, rounds: Int, progress: (Int) -> Void = { _ in }
  ) throws(TensorError) -> [ConvolutionShape: Algorithm] {
    guard rounds >= 1 else {
      throw .invalidOption(name: "rounds", value: "\(rounds)", expected: "1 or more")
    }
    let base = try Plan(
      graph: graph, batch: batch, inputs: [graph.imageShape(height: height, width: width)],
      options: options, keeping: [])
    let cases = Set(base.convolutionShapes)
    let algorithms = Algorithm.allCases.filter { algorithm in
      cases.contains { $0.candidates(options).contains(algorithm) }
    }
    var compiled: [CompiledPlan] = []
    for algorithm in algorithms {
      let network = try Network(
        graph, options: options,
        choices: Dictionary(uniqueKeysWithValues: cases.map { ($0, algorithm) }), source: source)
      compiled.append(try network.compile(batch: batch, height: height, width: width))
    }
    let count = batch * base.inputShapes[0].count
    let pixels = (0..<count).map { Float($0 % 251) / 251 }
    var least: [ConvolutionShape: [Algorithm: Double]] = [:]
    for round in 0...rounds {
      for candidate in compiled {
        let steps = candidate.plan.steps
        var total: [ConvolutionShape: [Algorithm: Double]] = [:]
        var begun = ContinuousClock.now
        try candidate.run(
          pixels.span,
          observe: { step, begins in
            let now = ContinuousClock.now
            if begins {
              begun = now
            } else if case .convolution(let layer) = steps[step].operation {
              total[layer.shape, default: [:]][layer.algorithm, default: 0] += (now - begun).seconds
            }
          }
        ) { _ in }
        if round == 0 { continue }  // the first touches memory
        for (shape, times) in total {
          for (algorithm, time) in times {
            let known = least[shape]?[algorithm] ?? .infinity
            least[shape, default: [:]][algorithm] = min(known, time)
          }
        }
      }
      if round > 0 { progress(round) }
    }
    return least.compactMapValues { times in times.min { $0.value < $1.value }?.key }
  }
}
