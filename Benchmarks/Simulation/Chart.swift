/// Curves as an SVG picture.
struct Chart {
  let title, across, up: String
  let curves: [(name: String, values: [Double])]

  var svg: String {
    let (width, height, left, top, bottom) = (720.0, 420.0, 60.0, 40.0, 50.0)
    let right = 190.0
    let most = max(1e-9, curves.flatMap(\.values).max() ?? 1)
    let count = Double(max(2, curves.map(\.values.count).max() ?? 2))
    func x(_ index: Double) -> Double { left + (width - left - right) * index / (count - 1) }
    func y(_ value: Double) -> Double { height - bottom - (height - top - bottom) * value / most }
    func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
    let colors = ["#0b6e4f", "#c0392b", "#2c5aa0", "#8e5a00", "#6b3fa0", "#555555"]
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
      font-family="sans-serif" font-size="13">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(left)" y="22" font-size="15">\(title)</text>
      <text x="\((left + width - right) / 2)" y="\(height - 12)" text-anchor="middle">\(across)</text>
      <text transform="translate(16 \(height / 2)) rotate(-90)" text-anchor="middle">\(up)</text>

      """
    for step in 0...4 {
      let value = most * Double(step) / 4
      text += """
        <line x1="\(left)" x2="\(width - right)" y1="\(y(value))" y2="\(y(value))" stroke="#ddd"/>
        <text x="\(left - 6)" y="\(y(value) + 4)" text-anchor="end">\(number(value))</text>
        <text x="\(x((count - 1) * Double(step) / 4))" y="\(height - bottom + 18)" \
        text-anchor="middle">\(Int(count * Double(step) / 4))</text>

        """
    }
    // Names at the curves' ends, moved apart where they would meet.
    let order = curves.indices.sorted {
      (curves[$0].values.last ?? 0) > (curves[$1].values.last ?? 0)
    }
    var last = -100.0
    for index in order {
      let (name, values) = curves[index]
      let points = values.enumerated().filter {
        $0.offset % 5 == 0 || $0.offset == values.count - 1
      }
      .map { "\(number(x(Double($0.offset)))),\(number(y($0.element)))" }
      let color = colors[index % colors.count]
      last = max(last + 16, y(values.last ?? 0))
      text += """
        <polyline fill="none" stroke="\(color)" stroke-width="2" points="\(points.joined(separator: " "))"/>
        <text x="\(width - right + 8)" y="\(last + 4)" fill="\(color)">\(name) \(number(values.last ?? 0))</text>

        """
    }
    return text + "</svg>\n"
  }
}
