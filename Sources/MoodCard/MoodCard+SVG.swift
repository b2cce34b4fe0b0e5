import MoodRecommend

extension MoodCard {
  /// The card as an SVG 1.1 document.
  ///
  /// - Parameters:
  ///   - shape: How it is cut.
  ///   - photo: What stands in the place of the sun.
  /// - Returns: The document.
  /// - Complexity: O(n) for n songs.
  public func svg(_ shape: Shape = .card, photo: Photo = .none) -> String {
    let drawing = CardDrawing(card: self, shape: shape)
    let word = CardWords.word(mood, in: language)
    let (width, height) = shape.size
    let title = CardText.escaped(CardWords.title(word, songs.count, language))
    return
      ([
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
          + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" xml:lang=\"\(language.rawValue)\" "
          + "font-family=\"\(CardText.fonts)\"><title>\(title)</title>"
      ] + drawing.sky + drawing.sun(photo) + drawing.waves + drawing.words + drawing.list
      + ["</svg>", ""]).joined(separator: "\n")
  }
}

/// The parts of a card, in pixels.
struct CardDrawing {
  let card: MoodCard
  let shape: MoodCard.Shape
  private let light: CardLight
  private let width, height, margin: Double
  /// Where the front wave begins on the mean, and how far it goes up and down.
  private let shore, swell: Double

  init(card: MoodCard, shape: MoodCard.Shape) {
    (self.card, self.shape) = (card, shape)
    light = CardLight(card.mood)
    (width, height) = (Double(shape.size.width), Double(shape.size.height))
    margin = width * 0.06
    shore = height * (shape == .wide ? 0.44 : 0.46)
    swell = min(width, height) * 0.05
  }

  var sky: [String] {
    let stops = zip(light.sky, ["0", ".5", "1"]).map {
      "<stop offset=\"\($1)\" stop-color=\"\($0.hex)\"/>"
    }.joined()
    return [
      "<defs><linearGradient id=\"sky\" x1=\"0\" y1=\"0\" x2=\".25\" y2=\"1\">\(stops)</linearGradient>"
        + "<clipPath id=\"round\"><circle cx=\"\(n(sunX))\" cy=\"\(n(sunY))\" r=\"\(n(radius))\"/>"
        + "</clipPath></defs>",
      "<rect width=\"\(n(width))\" height=\"\(n(height))\" fill=\"url(#sky)\"/>",
    ]
  }

  private var radius: Double { min(width, height) * (shape == .wide ? 0.14 : 0.13) }
  private var sunX: Double { width - margin - radius }
  /// It stands the higher the more pleasant the mood is, clear of the word and of the waves.
  private var sunY: Double {
    let highest = (shape == .wide ? margin * 0.8 : wordBottom) + radius
    let lowest = max(highest, shore - swell * 2.2 - radius)
    return lowest - Double(card.mood.point.valence + 1) / 2 * (lowest - highest)
  }

  /// How large the word is: as wide as there is room, and not too high.
  private var wordSize: Double {
    let free = width - 2 * margin - (shape == .wide ? radius * 2.3 : 0)
    return min(free / CardText.width(word), height * (shape == .wide ? 0.27 : 0.15))
  }
  private var wordTop: Double {
    margin * (shape == .wide ? 0.6 : 1) + (card.heading.isEmpty ? 0 : headingSize * 2)
  }
  private var wordBottom: Double { wordTop + wordSize * 1.05 }
  private var word: String { CardWords.word(card.mood, in: card.language) }

  func sun(_ photo: MoodCard.Photo) -> [String] {
    let box =
      "x=\"\(n(sunX - radius))\" y=\"\(n(sunY - radius))\" width=\"\(n(radius * 2))\" "
      + "height=\"\(n(radius * 2))\""
    switch photo {
    case .none:
      return [
        "<circle cx=\"\(n(sunX))\" cy=\"\(n(sunY))\" r=\"\(n(radius))\" fill=\"\(light.sun.hex)\"/>"
      ]
    case .place:
      return ["<rect id=\"photo\" \(box) rx=\"\(n(radius))\" fill=\"\(light.sun.hex)\"/>"]
    case .data(let address):
      return [
        "<image \(box) preserveAspectRatio=\"xMidYMid slice\" clip-path=\"url(#round)\" "
          + "href=\"\(CardText.attribute(address))\"/>"
      ]
    }
  }

  /// The back wave goes with how lively the songs are, the front one with how bright.
  var waves: [String] {
    let places = card.songs.compactMap(\.place)
    let back = curve(places.map { Double($0.arousal) }, at: shore - swell * 1.1)
    let middle = curve(places.map { Double($0.arousal + $0.valence) / 2 }, at: shore - swell * 0.1)
    let front = curve(places.map { Double($0.valence) }, at: shore + swell * 0.9)
    var lines = zip([back, middle, front], zip(light.waves, ["0.6", "0.85", "1"])).map {
      "<path d=\"\(path($0))V\(n(height))H0z\" fill=\"\($1.0.hex)\" opacity=\"\($1.1)\"/>"
    }
    if places.count > 1 {
      lines += front.dropFirst().dropLast().map {
        "<circle cx=\"\(n($0.x))\" cy=\"\(n($0.y))\" r=\"\(n(width * 0.006))\" fill=\"\(light.words.hex)\"/>"
      }
    }
    return lines
  }

  /// The songs' values over the width, around their mean, up to three times as steep as they are so
  /// that small differences show; without songs, a swell.
  private func curve(_ values: [Double], at level: Double) -> [(x: Double, y: Double)] {
    var values = values.count > 1 ? values : [-0.4, 0.4, -0.4, 0.4]
    let mean = values.reduce(0, +) / Double(values.count)
    let largest = values.map { abs($0 - mean) }.max() ?? 0
    values = values.map { ($0 - mean) * min(3, 1 / max(largest, 0.01)) }
    let step = width / Double(values.count)
    let points = values.enumerated().map { index, value in
      (x: step * (Double(index) + 0.5), y: level - swell * max(-1, min(1, value)))
    }
    return [(0, points[0].y)] + points + [(width, points[points.count - 1].y)]
  }

  /// A smooth line through points from left to right: level at the outer ones, nowhere beyond two
  /// neighbours.
  private func path(_ points: [(x: Double, y: Double)]) -> String {
    var text = "M\(n(points[0].x)) \(n(points[0].y))"
    for (first, next) in zip(points, points.dropFirst()) {
      let middle = (first.x + next.x) / 2
      text +=
        "C\(n(middle)) \(n(first.y)) \(n(middle)) \(n(next.y)) \(n(next.x)) \(n(next.y))"
    }
    return text
  }

  var words: [String] {
    let size = wordSize
    var lines = [
      "<text x=\"\(n(margin))\" y=\"\(n(wordTop + size * 0.82))\" font-size=\"\(n(size))\" "
        + "font-weight=\"800\" letter-spacing=\"\(n(-size * 0.03))\" fill=\"\(light.ink.hex)\">"
        + "\(CardText.escaped(word))</text>"
    ]
    if !card.heading.isEmpty {
      let text = CardText.fitted(card.heading, width: (width - 2 * margin) / headingSize)
      lines.append(
        "<text x=\"\(n(margin))\" y=\"\(n(margin + headingSize * 0.8))\" "
          + "font-size=\"\(n(headingSize))\" font-weight=\"600\" fill=\"\(light.ink.hex)\">"
          + "\(CardText.escaped(text))</text>")
    }
    return lines
  }

  private var headingSize: Double { min(width, height) * 0.036 }

  var list: [String] {
    let top = shore + swell * 2.3
    let footer = height - margin * (shape == .wide ? 0.55 : 0.75)
    let size = shape == .wide ? height * 0.039 : width * 0.034
    let rowHeight = shape == .wide ? size * 1.45 : size * 2.5
    let most = max(1, Int((footer - size * 2.1 - top) / rowHeight))
    let hasMore = card.songs.count > most
    let shown = card.songs.prefix(hasMore ? most - 1 : most)
    var lines = shown.enumerated().map { index, song in
      row(song, at: top + Double(index) * rowHeight + size, size: size)
    }
    if hasMore {
      let text = CardWords.more(card.songs.count - shown.count, card.language)
      lines.append(
        "<text x=\"\(n(margin))\" y=\"\(n(top + Double(shown.count) * rowHeight + size))\" "
          + "font-size=\"\(n(size))\" fill=\"\(light.quiet.hex)\">\(CardText.escaped(text))</text>")
    }
    lines.append(
      "<text x=\"\(n(margin))\" y=\"\(n(footer))\" font-size=\"\(n(size * 0.8))\" "
        + "fill=\"\(light.quiet.hex)\">"
        + "\(CardText.escaped(CardWords.origin(card.origin, card.language)))</text>")
    lines.append(
      "<text x=\"\(n(width - margin))\" y=\"\(n(footer))\" font-size=\"\(n(size * 1.3))\" "
        + "font-weight=\"800\" text-anchor=\"end\" fill=\"\(light.words.hex)\">mood</text>")
    return lines
  }

  /// A title with its artist: beside it on a wide card, else below it.
  private func row(_ song: MoodCard.Line, at y: Double, size: Double) -> String {
    let language = song.language.map { " xml:lang=\"\(CardText.attribute($0))\"" } ?? ""
    let free = (width - 2 * margin) / size
    let title = CardText.fitted(song.title, width: shape == .wide ? free * 0.62 : free)
    let start =
      "<text x=\"\(n(margin))\" y=\"\(n(y))\" font-size=\"\(n(size))\" fill=\"\(light.words.hex)\"\(language)>"
      + "<tspan font-weight=\"700\">\(CardText.escaped(title))</tspan>"
    let place: String
    let left: Double
    if shape == .wide {
      place = "dx=\"\(n(size * 0.6))\" font-size=\"\(n(size * 0.92))\""
      left = (free - CardText.width(title) - 1) / 0.92
    } else {
      place = "x=\"\(n(margin))\" dy=\"\(n(size * 1.05))\" font-size=\"\(n(size * 0.78))\""
      left = free / 0.78
    }
    let artist = CardText.fitted(song.artist, width: left)
    return start
      + "<tspan \(place) fill=\"\(light.quiet.hex)\">\(CardText.escaped(artist))</tspan></text>"
  }
}

/// A number with one digit behind the point, or none.
private func n(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let digits = abs(tenths) % 10 == 0 ? "" : ".\(abs(tenths) % 10)"
  return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10)\(digits)"
}
