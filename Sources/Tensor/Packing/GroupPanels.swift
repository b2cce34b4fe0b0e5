/// Which input channels each panel of a grouped convolution's output channels reads.
struct GroupPanels: Sendable {
  /// Output channels of a panel, and how many panels there are.
  let width, count: Int
  /// How many input channels every panel reads: those of all groups that one of them holds.
  let span: Int
  /// Input channels of a group.
  let read: Int
  private let input, output, written: Int

  init(_ shape: ConvolutionShape, groups: Int, width: Int) {
    self.width = width
    let (input, output) = (shape.input, shape.output)
    let (read, written) = (input / groups, output / groups)
    (self.input, self.output, self.read, self.written) = (input, output, read, written)
    count = (output + width - 1) / width
    span =
      (0..<count).map { panel in
        let last = min((panel + 1) * width, output) - 1
        return (last / written - panel * width / written + 1) * read
      }.max() ?? read
  }

  /// The first input channel that a panel reads.
  func firstInput(_ panel: Int) -> Int { min(panel * width / written * read, input - span) }

  /// The channel of a kernel `[kH, kW, in / groups, out]` that input channel `k` of a panel's span
  /// has for an output channel, or nil if they belong to different groups.
  func kernelChannel(_ k: Int, panel: Int, output: Int) -> Int? {
    let channel = firstInput(panel) + k - output / written * read
    return (0..<read).contains(channel) ? channel : nil
  }
}
