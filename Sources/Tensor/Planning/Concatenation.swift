extension Fusion {
  /// A concatenation along channels: what its inputs' steps write goes to its buffer at once, where
  /// that can be; the rest is copied.
  ///
  /// Of concatenations that begin with the same inputs (DenseNet) each is the first channels of the
  /// longest one's buffer.
  mutating func lowerConcatenation(_ index: Int, _ operation: Concatenate) {
    let inputs = graph.nodes[index].inputs
    let whole = longestConcatenation(from: index)
    let root = concatenations[whole] ?? newBuffer(for: whole)
    concatenations[whole] = root
    var target = root
    if whole != index {
      target = newBuffer(for: index)
      buffers[target].parent = ActivationBuffer.Parent(buffer: root, channel: 0)
    }
    var (channel, isInPlace) = (0, true)
    for input in inputs {
      let place = ActivationBuffer.Parent(buffer: root, channel: channel)
      let source = view(input)
      if buffers[source.buffer].parent == nil, fits(source, input, place) {
        buffers[source.buffer].parent = place
      }
      isInPlace = isInPlace && buffers[source.buffer].parent == place
      channel += shapes[input].dimensions.last ?? 1
    }
    if isInPlace {
      values[index] = View(buffer: target)
    } else {
      lowerPlain(index, operation, into: target)
    }
  }

  /// Whether a value's buffer can be that part of a concatenation's: nothing else is in it, and
  /// steps write no more than its channels.
  private func fits(_ source: View, _ input: Int, _ place: ActivationBuffer.Parent) -> Bool {
    let (part, whole) = (buffers[source.buffer], buffers[place.buffer])
    return part.height == whole.height && part.width == whole.width && !part.isPacked
      && part.channels == shapes[input].dimensions.last && part.channels % channelMultiple == 0
      && place.channel % channelMultiple == 0
      && !buffers.contains { $0.parent?.buffer == source.buffer }
      && source.padding == Padding() && source.stride == 1 && !source.isFlat
      && !source.isUpsampled && source.normalization == nil
  }

  /// The longest concatenation along the same axis whose first inputs are this one's.
  private func longestConcatenation(from index: Int) -> Int {
    let node = graph.nodes[index]
    guard let first = node.inputs.first else { return index }
    let longer = consumers[first].filter {
      graph.nodes[$0].operation == node.operation
        && graph.nodes[$0].inputs.count > node.inputs.count
        && graph.nodes[$0].inputs.starts(with: node.inputs)
    }
    return longer.max { graph.nodes[$0].inputs.count < graph.nodes[$1].inputs.count } ?? index
  }
}
