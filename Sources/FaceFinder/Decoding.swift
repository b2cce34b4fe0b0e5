private import Foundation
import ImageDecoding
import Tensor

extension YuNet {
  /// The faces that one scale's cells say they see, none left out but those below the threshold.
  ///
  /// `head` is `[1, rows, columns, 16]`, `stride` the pixels from one cell to the next.
  static func decode(_ head: Tensor, stride: Int, threshold: Float) -> [Face] {
    let (rows, columns) = (head.shape[1], head.shape[2])
    let cells = head.elements.span
    let s = Float(stride)
    // √(a·b) ≥ t needs a ≥ t² and b ≥ t², and most cells have neither: no exp for those. The
    // small margin leaves the decision to the exact test below.
    let least = threshold * threshold
    let limit = least <= 0 ? -.infinity : least >= 1 ? 15 : log(least / (1 - least)) - 0.01
    var faces: [Face] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let cell = (row * columns + column) * outputs
        if cells[cell] < limit || cells[cell + 1] < limit { continue }
        let score = (sigmoid(cells[cell]) * sigmoid(cells[cell + 1])).squareRoot()
        if score < threshold { continue }
        let (x, y) = (Float(column), Float(row))
        let (width, height) = (exp(cells[cell + 4]) * s, exp(cells[cell + 5]) * s)
        let box = PixelRect<Float>(
          x: (x + cells[cell + 2]) * s - width / 2, y: (y + cells[cell + 3]) * s - height / 2,
          width: width, height: height)
        let face = Face(
          box: box, score: score,
          fiveLandmarks: (0..<5).map {
            Face.Point(x: (cells[cell + 6 + 2 * $0] + x) * s, y: (cells[cell + 7 + 2 * $0] + y) * s)
          })
        if face.isNearThePicture { faces.append(face) }
      }
    }
    return faces
  }

  private static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
}

extension Face {
  /// Whether no number is NaN or farther than any picture reaches; a damaged detector's may be.
  fileprivate var isNearThePicture: Bool {
    func isNear(_ value: Float) -> Bool { abs(value) < 1e6 }
    return [box.x, box.y, box.width, box.height].allSatisfy(isNear)
      && landmarks.allSatisfy { isNear($0.x) && isNear($0.y) }
  }
}
