/// One of the seven pictures of an interlaced PNG, or the only one of another.
struct PNGPass {
  let x, y, stepX, stepY: Int

  static let whole = [PNGPass(x: 0, y: 0, stepX: 1, stepY: 1)]
  static let adam7 = [
    PNGPass(x: 0, y: 0, stepX: 8, stepY: 8), PNGPass(x: 4, y: 0, stepX: 8, stepY: 8),
    PNGPass(x: 0, y: 4, stepX: 4, stepY: 8), PNGPass(x: 2, y: 0, stepX: 4, stepY: 4),
    PNGPass(x: 0, y: 2, stepX: 2, stepY: 4), PNGPass(x: 1, y: 0, stepX: 2, stepY: 2),
    PNGPass(x: 0, y: 1, stepX: 1, stepY: 2),
  ]

  func columns(_ width: Int) -> Int { max(0, (width - x + stepX - 1) / stepX) }
  func rows(_ height: Int) -> Int { max(0, (height - y + stepY - 1) / stepY) }
}

extension PNGChunks {
  /// The pictures that hold pixels, in the file's order.
  var passes: [PNGPass] {
    (isInterlaced ? PNGPass.adam7 : PNGPass.whole).filter {
      $0.columns(width) > 0 && $0.rows(height) > 0
    }
  }

  /// The bytes of all rows, each with its filter in front.
  var rowBytes: Int {
    let bits = bitDepth * color.channels
    return passes.reduce(0) { $0 + $1.rows(height) * (1 + (bits * $1.columns(width) + 7) / 8) }
  }
}
