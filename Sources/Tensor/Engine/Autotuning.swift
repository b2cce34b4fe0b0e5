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
  /// - Returns: Choices for ``init(_:options:choices:cache:source:)`` and ``TunedAlgorithms``; nil if
  ///   the images are too small for the network.
  /// - Precondition: `batch >= 1` and `rounds >= 1`.
  public func tune(
    batch: Int, height: Int, width: Int, rounds: Int, progress: (Int) -> Void = { _ in }
  ) -> [ConvolutionCase: Algorithm]? {
    precondition(rounds >= 1, "\(rounds) rounds")
    guard
      let base = Plan(
        graph: graph, batch: batch, height: height, width: width, options: options, keeping: [])
    else { return nil }
    let cases = Set(base.convolutionCases)
    let algorithms = Algorithm.allCases.filter { algorithm in
      cases.contains { $0.candidates(options).contains(algorithm) }
    }
    let compiled = algorithms.compactMap { algorithm in
      Network(
        graph, options: options,
        choices: Dictionary(uniqueKeysWithValues: cases.map { ($0, algorithm) }),
        source: source
      ).compile(batch: batch, height: height, width: width)
    }
    let channels = graph.nodes.first.map { node in
      if case .input(let channels) = node.operation { channels } else { 0 }
    }
    let count = batch * height * width * (channels ?? 0)
    let pixels = (0..<count).map { Float($0 % 251) / 251 }
    var least: [ConvolutionCase: [Algorithm: Double]] = [:]
    for round in 0...rounds {
      for candidate in compiled {
        let steps = candidate.plan.steps
        var total: [ConvolutionCase: [Algorithm: Double]] = [:]
        var begun = ContinuousClock.now
        candidate.run(
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
