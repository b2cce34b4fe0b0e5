import ImageDecoding

/// Of faces that overlap, keeps the one with the best score: greedy non-maximum suppression as in
/// OpenCV's `dnn::NMSBoxes`, which compares boxes cut to whole pixels.
///
/// - `overlap`: Most that two kept boxes may share: intersection over union.
/// - `topK`: How many of the best are looked at.
/// - Returns: The kept ones, best first.
/// - Complexity: O(n · k), n being at most `topK` and k the kept ones.
func suppressed(_ faces: [Face], overlap most: Float, topK: Int) -> [Face] {
  // A lone face is never cut.
  if faces.count <= 1 { return faces }
  // Ties keep their order, so that results do not depend on the sort.
  let order = faces.indices.sorted {
    (faces[$1].score, $0) < (faces[$0].score, $1)
  }
  var kept: [(face: Face, box: PixelRect<Int>)] = []
  for index in order.prefix(topK) {
    let box = wholePixels(faces[index].box)
    if kept.allSatisfy({ overlap($0.box, box) <= most }) {
      kept.append((faces[index], box))
    }
  }
  return kept.map(\.face)
}

/// A box with each number cut towards zero to a whole pixel.
private func wholePixels(_ box: PixelRect<Float>) -> PixelRect<Int> {
  func cut(_ value: Float) -> Int { Int(min(max(value, -1e6), 1e6)) }
  return PixelRect(x: cut(box.x), y: cut(box.y), width: cut(box.width), height: cut(box.height))
}

/// Intersection over union; 1 for two empty boxes.
private func overlap(_ a: PixelRect<Int>, _ b: PixelRect<Int>) -> Float {
  let both = a.area + b.area
  if both <= 0 { return 1 }
  let width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
  let height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
  let shared = width > 0 && height > 0 ? Double(width * height) : 0
  return 1 - Float(1 - shared / (Double(both) - shared))
}
