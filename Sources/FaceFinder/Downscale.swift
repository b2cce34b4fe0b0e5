/// A picture made smaller: each new pixel is the mean of the area that it covers.
///
/// `pixels` is `[height, width, 3]`; the new extents are at most the picture's own.
func downscaled(
  _ pixels: [UInt8], width: Int, height: Int, to newWidth: Int, _ newHeight: Int
) -> [UInt8] {
  let source = pixels.span
  let (columns, rows) = (Coverage(width, newWidth), Coverage(height, newHeight))
  var line = [Float](repeating: 0, count: width * 3)
  var result: [UInt8] = []
  result.reserveCapacity(newWidth * newHeight * 3)
  for y in 0..<newHeight {
    for i in line.indices { line[i] = 0 }
    for row in rows.first[y]..<rows.end[y] {
      let weight = rows.weight(of: row, in: y)
      let start = row * width * 3
      for i in 0..<width * 3 { line[i] += weight * Float(source[start + i]) }
    }
    for x in 0..<newWidth {
      var (r, g, b): (Float, Float, Float) = (0.5, 0.5, 0.5)
      for column in columns.first[x]..<columns.end[x] {
        let weight = columns.weight(of: column, in: x)
        r += weight * line[3 * column]
        g += weight * line[3 * column + 1]
        b += weight * line[3 * column + 2]
      }
      result.append(UInt8(min(r, 255)))
      result.append(UInt8(min(g, 255)))
      result.append(UInt8(min(b, 255)))
    }
  }
  return result
}

/// Which old pixels of an axis each new one covers, and how much of each.
private struct Coverage {
  let first, end: [Int]
  private let factor: Double

  init(_ old: Int, _ new: Int) {
    let factor = Double(old) / Double(new)
    self.factor = factor
    first = (0..<new).map { min(Int(Double($0) * factor), old - 1) }
    end = (0..<new).map { min(Int((Double($0 + 1) * factor).rounded(.up)), old) }
  }

  /// Share of new pixel `index` that old pixel `pixel` fills.
  func weight(of pixel: Int, in index: Int) -> Float {
    let from = max(Double(pixel), Double(index) * factor)
    let to = min(Double(pixel + 1), Double(index + 1) * factor)
    return Float(max(0, to - from) / factor)
  }
}
