/// Of faces that overlap, keeps the one with the best score: greedy non-maximum suppression as in
/// OpenCV's `dnn::NMSBoxes`, which compares boxes cut to whole pixels.
///
/// - `overlap`: Most that two kept boxes may share: intersection over union.
/// - `topK`: How many of the best are looked at.
/// - Returns: The kept ones, best first.
/// - Complexity: O(n · k), n being at most `topK` and k the kept ones.
func suppressed(_ faces: [Face], overlap: Float, topK: Int) -> [Face] {
  // A lone face is never cut.
  if faces.count <= 1 { return faces }
  // Ties keep their order, so that results do not depend on the sort.
  let order = faces.indices.sorted {
    (faces[$1].score, $0) < (faces[$0].score, $1)
  }
  var kept: [(face: Face, box: WholeBox)] = []
  for index in order.prefix(topK) {
    let box = WholeBox(faces[index].box)
    if kept.allSatisfy({ $0.box.overlap(with: box) <= overlap }) {
      kept.append((faces[index], box))
    }
  }
  return kept.map(\.face)
}

/// A box in whole pixels, each number cut towards zero.
private struct WholeBox {
  let x, y, width, height: Int

  init(_ box: Face.Box) {
    func cut(_ value: Float) -> Int { Int(min(max(value, -1e6), 1e6)) }
    (x, y, width, height) = (cut(box.x), cut(box.y), cut(box.width), cut(box.height))
  }

  /// Intersection over union; 1 for two empty boxes.
  func overlap(with other: WholeBox) -> Float {
    let both = width * height + other.width * other.height
    if both <= 0 { return 1 }
    let w = min(x + width, other.x + other.width) - max(x, other.x)
    let h = min(y + height, other.y + other.height) - max(y, other.y)
    let shared = w > 0 && h > 0 ? Double(w * h) : 0
    return 1 - Float(1 - shared / (Double(both) - shared))
  }
}
