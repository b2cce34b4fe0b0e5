import MoodCard
import MoodRecommend

/// A picture of a place in the plane of moods: the sun stands high where it is bright, the waves rise
/// where it is lively, and there are more of them the faster a song is.
///
/// A song's is its cover here: drawn by us, so nothing is asked of anybody for it.
struct Landscape {
  /// How bright and how lively, 0…1.
  var brightness, liveliness: Double
  /// Beats a minute.
  var tempo = 110.0
  /// Makes the colours differ among songs of one place.
  var name = ""

  /// The place of a mood.
  init(_ place: MoodPoint) {
    (brightness, liveliness) = (Self.share(place.valence), Self.share(place.arousal))
  }

  /// The place of a song.
  init(_ song: Song, at place: MoodPoint) {
    self.init(place)
    (tempo, name) = (song.tempo.map(Double.init) ?? 110, song.id)
  }

  private static func share(_ value: Float) -> Double { (Double(max(-1, min(1, value))) + 1) / 2 }

  /// A tile of 56×56 with a button in its sun.
  func tile(_ id: String) -> String {
    let sun = (y: 56 * (0.57 - 0.2 * brightness), radius: 56 * 0.235)
    let (x, y) = (28 - sun.radius * 0.3, sun.y - sun.radius * 0.5)
    let (wide, high) = (number(sun.radius * 0.86), number(sun.radius * 0.5))
    let bars = [-0.3, 0.3].map {
      "M\(number(28 + sun.radius * $0)) \(number(sun.y - sun.radius * 0.42))v\(number(sun.radius * 0.84))"
    }.joined()
    return svg(id, width: 56, height: 56, sunX: 28, sunY: sun.y, radius: sun.radius, slice: false) {
      "<path class=\"go-on\" d=\"M\(number(x)) \(number(y))l\(wide) \(high)l-\(wide) \(high)z\" fill=\"#2b1c14\" stroke=\"#2b1c14\" stroke-width=\"2\" stroke-linejoin=\"round\"/>"
        + "<path class=\"pause\" d=\"\(bars)\" stroke=\"#2b1c14\" stroke-width=\"3.6\" stroke-linecap=\"round\"/>"
    }
  }

  /// A picture that fills its place.
  func picture(_ id: String, width: Double = 400, height: Double = 400) -> String {
    let least = min(width, height)
    return svg(
      id, width: width, height: height, sunX: width * 0.62,
      sunY: height * (0.62 - 0.36 * brightness),
      radius: least * 0.15, slice: true
    ) { "" }
  }

  private func svg(
    _ id: String, width: Double, height: Double, sunX: Double, sunY: Double, radius: Double,
    slice: Bool, over: () -> String
  ) -> String {
    let base = Colour(brightness: brightness, liveliness: liveliness)
    let turn = name.isEmpty ? 10 : (Self.hash(name) - 0.8) * 150
    let sky = (
      base.turned(turn * 0.5, lighter: 0.05).hex, base.turned(-turn * 0.22, lighter: -0.04).hex
    )
    let sea = base.turned(-22 - abs(turn) * 0.2, lighter: -0.2).hex
    let least = min(width, height)
    let waves = max(1, Int((tempo / 70).rounded()))
    let swell = least * (0.02 + 0.085 * liveliness)
    func wave(_ y: Double, _ sign: Double, _ opacity: String) -> String {
      let step = width / Double(waves * 2)
      var (path, sign) = ("M0 \(number(height))V\(number(y))", sign)
      for _ in 0..<waves * 2 {
        path += "q\(number(step / 2)) \(number(sign * swell * 2)) \(number(step)) 0"
        sign = -sign
      }
      return "<path d=\"\(path)V\(number(height))z\" fill=\"\(sea)\" opacity=\"\(opacity)\"/>"
    }
    return "<svg viewBox=\"0 0 \(number(width)) \(number(height))\""
      + (slice ? " preserveAspectRatio=\"xMidYMid slice\"" : "") + " aria-hidden=\"true\"><defs>"
      + "<linearGradient id=\"\(id)\" x1=\"0\" y1=\"0\" x2=\".35\" y2=\"1\"><stop stop-color=\"\(sky.0)\"/>"
      + "<stop offset=\"1\" stop-color=\"\(sky.1)\"/></linearGradient></defs>"
      + "<rect width=\"\(number(width))\" height=\"\(number(height))\" fill=\"url(#\(id))\"/>"
      + "<circle cx=\"\(number(sunX))\" cy=\"\(number(sunY))\" r=\"\(number(radius))\" fill=\"#fff3d3\"/>"
      + wave(height * 0.8 - least * 0.05, 1, ".45") + wave(height * 0.8 + least * 0.05, -1, ".8")
      + over() + "</svg>"
  }

  /// A name's FNV-1a hash as a number of 0..<1.
  private static func hash(_ name: String) -> Double {
    let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return Double(hash) / 4_294_967_296
  }
}

/// A number with one digit behind the point, or none.
func number(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
}
