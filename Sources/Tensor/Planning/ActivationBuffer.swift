/// Where one layer's output lies in a plan's arena: NHWC with room between pixels and around images.
///
/// The zeros that a padded convolution reads stand around the image itself, written once a pass,
/// so no kernel knows of padding. Pixels of 512 channels or more are 16 elements further apart
/// than they need be: strides of whole pages put all rows of a tile into the same cache set.
package struct ActivationBuffer: Sendable {
  /// Extents of one image.
  package let height, width, channels: Int
  /// Zeros around each image, in pixels.
  package var halo = Padding()
  /// How many images it holds: one group's, or the batch where groups of several sizes meet.
  package var images = 1
  /// Step numbers from its first write to its last read.
  package var firstStep = Int.max, lastStep = -1
  /// Elements from the arena's start to the first image's halo; a multiple of 16.
  package var offset = 0
  /// The buffer whose memory this one takes over, pixel by pixel, or nil.
  package var replaces: Int?
  /// The buffer whose channels, from one on, this one's are: a part of a concatenation, written in
  /// place.
  package struct Parent: Sendable, Hashable {
    package var buffer, channel: Int
  }
  package var parent: Parent?
  /// Elements from one pixel to the next of the buffer that it is a part of.
  var parentStride: Int?
  /// Whether pixels follow each other without gaps, as the caller's do.
  package var isPacked = false

  package init(height: Int, width: Int, channels: Int) {
    (self.height, self.width, self.channels) = (height, width, channels)
  }

  /// What channels are rounded up to: a panel, or a vector where only row kernels write.
  package var channelMultiple = 32

  /// Channels including the zeros that fill whole panels.
  package var paddedChannels: Int {
    isPacked ? channels : (channels + channelMultiple - 1) / channelMultiple * channelMultiple
  }
  /// Elements from one pixel to the next.
  package var pixelStride: Int {
    parentStride ?? (isPacked || paddedChannels < 512 ? paddedChannels : paddedChannels + 16)
  }
  /// Elements from one row of pixels to the next.
  package var rowStride: Int { (halo.left + width + halo.right) * pixelStride }
  /// Elements from one image to the next.
  package var imageStride: Int {
    ((halo.top + height + halo.bottom) * rowStride + 15) / 16 * 16
  }
  /// The buffer whose memory it lies in, or nil.
  var source: Int? { replaces ?? parent?.buffer }
  /// Elements in all, with room for reads of whole vectors behind the last pixel.
  package var count: Int { images * imageStride + 64 }

  /// Elements from the arena's start to pixel (0, 0) of an image.
  package func origin(image: Int) -> Int {
    offset + (parent?.channel ?? 0) + image * imageStride + halo.top * rowStride + halo.left
      * pixelStride
  }

  /// Elements from an image's pixel (0, 0) to pixel (y, x).
  package func pixel(_ y: Int, _ x: Int) -> Int { y * rowStride + x * pixelStride }
}

/// Gives buffers that are never in use at the same time the same memory.
///
/// Greedy: largest first, each at the lowest place that is free over its whole life.
///
/// - Returns: How many elements the arena needs.
/// - Complexity: O(n²) for n buffers.
package func assignOffsets(_ buffers: inout [ActivationBuffer]) -> Int {
  var total = 0
  var placed: [Int] = []
  for index in buffers.indices.sorted(by: { buffers[$0].count > buffers[$1].count })
  where buffers[index].source == nil {
    // Buffers that take each other's place live as long as all of them.
    let (first, last) = lifetime(of: index, in: buffers)
    let neighbours = placed.filter { other in
      let (from, to) = lifetime(of: other, in: buffers)
      return from <= last && first <= to
    }.sorted { buffers[$0].offset < buffers[$1].offset }
    var offset = 0
    for other in neighbours {
      if buffers[other].offset >= offset + buffers[index].count { break }
      offset = max(offset, buffers[other].offset + (buffers[other].count + 15) / 16 * 16)
    }
    buffers[index].offset = offset
    placed.append(index)
    total = max(total, offset + buffers[index].count)
  }
  for index in buffers.indices {
    var source = index
    while let next = buffers[source].source { source = next }
    buffers[index].offset = buffers[source].offset
  }
  return total
}

private func lifetime(of root: Int, in buffers: [ActivationBuffer]) -> (first: Int, last: Int) {
  var (first, last) = (buffers[root].firstStep, buffers[root].lastStep)
  for index in buffers.indices {
    var source = index
    while let next = buffers[source].source { source = next }
    if source == root {
      first = min(first, buffers[index].firstStep)
      last = max(last, buffers[index].lastStep)
    }
  }
  return (first, last)
}
