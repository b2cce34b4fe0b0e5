/// Views of a face whose logits are averaged: a little more accuracy for as much more time.
public enum TestTimeAugmentation: String, Sendable, CaseIterable {
  /// The face as it is.
  case none
  /// The face and its mirror image.
  case flip
  /// Middle and four corners of the face at 9/8 of the size, each with its mirror image
  /// (Krizhevsky et al. 2012).
  case ten

  /// What is averaged unless somebody says otherwise, in every program and in the library.
  public static let standard = none

  /// How many views there are.
  public var viewCount: Int {
    switch self {
    case .none: 1
    case .flip: 2
    case .ten: 10
    }
  }

  /// The views' bytes, `[H, W, C]` each; `resize` gives the face's bytes at a height and width.
  func views(
    height: Int, width: Int, of resize: (_ height: Int, _ width: Int) -> [UInt8]
  ) -> [[UInt8]] {
    switch self {
    case .none: return [resize(height, width)]
    case .flip:
      let view = resize(height, width)
      return [view, mirrored(view, width: width, height: height)]
    case .ten:
      let (tall, wide) = (height * 9 / 8, width * 9 / 8)
      let image = resize(tall, wide)
      let channels = image.count / (tall * wide)
      let (down, right) = (tall - height, wide - width)
      let corners = [(down / 2, right / 2), (0, 0), (0, right), (down, 0), (down, right)]
      return corners.flatMap { top, left in
        var view: [UInt8] = []
        view.reserveCapacity(height * width * channels)
        for y in top..<top + height {
          let start = (y * wide + left) * channels
          view += image[start..<start + width * channels]
        }
        return [view, mirrored(view, width: width, height: height)]
      }
    }
  }

  private func mirrored(_ view: [UInt8], width: Int, height: Int) -> [UInt8] {
    let channels = view.count / (width * height)
    var result: [UInt8] = []
    result.reserveCapacity(view.count)
    for y in 0..<height {
      for x in stride(from: width - 1, through: 0, by: -1) {
        let start = (y * width + x) * channels
        result += view[start..<start + channels]
      }
    }
    return result
  }
}
