extension Plan {
  /// One line of a plan's table: what a step is, how it is computed, what it costs.
  package struct Row: Sendable {
    /// The layer that the step is named after.
    package let name: String
    /// How many more layers are fused into it.
    package let fused: Int
    /// The algorithm of a convolution; what another step does.
    package let work: String
    /// Output for one image, `[H, W, C]`.
    package let output: Shape
    /// Multiply–adds for one image, as the definition counts them.
    package let multiplyAdds: Int
    /// How many images it computes at a time.
    package let images: Int
  }

  /// The steps in the order in which they run.
  package var rows: [Row] {
    segments.flatMap { segment in
      segment.steps.map { index in
        let step = steps[index]
        let buffer = (step.output ?? step.activated).map { buffers[$0] }
        var (work, multiplyAdds) = ("", 0)
        switch step.operation {
        case .load: work = "load"
        case .convolution(let layer), .grouped(let layer), .depthwise(let layer):
          work = layer.algorithm.rawValue
          if case .grouped = step.operation { work = "grouped" }
          if case .depthwise = step.operation { work = "depthwise" }
          let s = layer.shape
          let read = layer.isDepthwise ? 1 : s.input / layer.groups
          multiplyAdds = s.kernelHeight * s.kernelWidth * read * s.output * s.height * s.width
        case .pool: work = "pool"
        case .normalize: work = "normalize"
        case .relu: work = "relu"
        case .add, .addUpsampled: work = "add"
        case .fusedRows: work = "fused rows"
        case .plain(let plain): work = plain.operation.typeName
        case .globalAveragePooling: work = "global average"
        }
        return Row(
          name: step.name, fused: step.fused, work: work,
          output: [buffer?.height ?? 0, buffer?.width ?? 0, buffer?.channels ?? 0],
          multiplyAdds: multiplyAdds, images: segment.images)
      }
    }
  }
}
