import Foundation
import MoodRecommend
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import MoodCard

struct MoodCardTests {
  private static func card(_ titles: [(String, String, String?)]) -> MoodCard {
    MoodCard(
      mood: .happy,
      songs: titles.enumerated().map { index, song in
        MoodCard.Line(
          title: song.0, artist: song.1, language: song.2,
          place: MoodPoint(valence: Float(index % 3) / 2 - 0.5, arousal: 0.2))
      })
  }

  /// The names of the elements and their texts, as an XML parser finds them.
  private final class Elements: NSObject, XMLParserDelegate {
    var names: [String: [[String: String]]] = [:]
    var text = ""
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      names[name, default: []].append(attributes)
    }
    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private func parsed(_ svg: String) throws -> Elements {
    let (parser, elements) = (XMLParser(data: Data(svg.utf8)), Elements())
    parser.delegate = elements
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return elements
  }

  @Test(arguments: MoodCard.Shape.allCases)
  func titlesOfEveryScriptStandOnIt(_ shape: MoodCard.Shape) throws {
    let titles: [(String, String, String?)] = [
      ("Группа крови", "Кино", "ru"), ("Ζεϊμπέκικο της Ευδοκίας", "Μάνος Λοΐζος", "el"),
      ("إنت عمري", "أم كلثوم", "ar"), ("上を向いて歩こう", "坂本九", "ja"),
    ]
    let elements = try parsed(Self.card(titles).svg(shape))
    for (title, artist, _) in titles {
      #expect(elements.text.contains(title) && elements.text.contains(artist))
    }
    let root = try #require(elements.names["svg"]?.first)
    #expect(root["width"] == "\(shape.size.width)" && root["height"] == "\(shape.size.height)")
    let languages = Set(elements.names["text"]?.compactMap { $0["xml:lang"] } ?? [])
    #expect(languages == ["ru", "el", "ar", "ja"])
    #expect(elements.names["circle"]?.count == 1 + 1 + titles.count)
  }

  @Test func whateverStandsInATitleStaysText() throws {
    let hostile = "</text><script>alert(1)</script>\u{0}\u{FFFF}\u{2069}]]>&\""
    let elements = try parsed(Self.card([(hostile, hostile, "\"><a/>")]).svg(.wide))
    #expect(elements.names["script"] == nil && elements.names["a"] == nil)
    #expect(elements.text.contains("</text><script>"))
  }

  @Test(arguments: [0, 1, 2, 5, 9, 30, 400])
  func saysHowManyMoreThereAre(_ count: Int) throws {
    let titles = (0..<count).map { ("Song \($0).", "Artist", nil as String?) }
    for shape in MoodCard.Shape.allCases {
      let elements = try parsed(Self.card(titles).svg(shape))
      let shown = titles.count { elements.text.contains($0.0) }
      #expect(shown == count || elements.text.contains("and \(count - shown) more"))
      #expect(shown >= min(count, 4))
      // Nothing stands below the card, or on another row.
      let rows = try #require(elements.names["text"]).compactMap { Double($0["y"] ?? "") }
      #expect(rows.allSatisfy { (0...Double(shape.size.height)).contains($0) })
      let list = rows.dropFirst().dropLast()
      #expect(list.elementsEqual(list.sorted()))
    }
  }

  @Test(arguments: Mood.allCases, AnswerLanguage.allCases)
  func theWordFitsAndCanBeRead(_ mood: Mood, _ language: AnswerLanguage) throws {
    let light = CardLight(mood)
    for sky in light.sky { #expect(light.ink.contrast(with: sky) >= 4.5) }
    #expect(light.ink.contrast(with: light.sun) >= 4.5)
    #expect(light.words.contrast(with: light.waves[2]) >= 7)
    #expect(light.quiet.contrast(with: light.waves[2]) >= 4.5)
    for shape in MoodCard.Shape.allCases {
      let card = MoodCard(mood: mood, songs: [], heading: "28", language: language)
      let word = CardWords.word(mood, in: language)
      let elements = try parsed(card.svg(shape))
      let text = try #require(elements.names["text"]?.first)
      let size = try #require(Double(text["font-size"] ?? ""))
      #expect(
        size * CardText.width(word) <= Double(shape.size.width) && elements.text.contains(word))
    }
  }

  @Test func thePhotoIsThereOnlyIfAskedFor() throws {
    let card = Self.card([("A", "B", nil)])
    #expect(try parsed(card.svg()).names["image"] == nil)
    let place = try parsed(card.svg(photo: .place)).names["rect"]?.last
    #expect(place?["id"] == "photo" && place?["width"] == place?["height"])
    let image = try parsed(card.svg(photo: .data("data:image/jpeg;base64,AAAA"))).names["image"]
    #expect(image?.first?["href"] == "data:image/jpeg;base64,AAAA")
  }

  @Test func longTextsAreShortened() {
    #expect(CardText.fitted("short", width: 10) == "short")
    let long = CardText.fitted(String(repeating: "word ", count: 50), width: 12)
    #expect(long.hasSuffix("word…") && CardText.width(long) <= 12)
    let wide = CardText.fitted(String(repeating: "漢", count: 50), width: 12)
    #expect(wide == String(repeating: "漢", count: 11) + "…")
    #expect(CardText.fitted("e\u{301}e\u{301}e\u{301}", width: 1.6) == "e\u{301}…")
  }
}

struct ColourTests {
  /// Values of CSS Color 4's own oklch() and of browsers.
  @Test func convertsToSRGB() {
    #expect(Colour(lightness: 1, chroma: 0, hue: 0).hex == "#ffffff")
    #expect(Colour(lightness: 0, chroma: 0, hue: 0).hex == "#000000")
    #expect(Colour(lightness: 0.6279554, a: 0.22486306, b: 0.1258463).hex == "#ff0000")
    #expect(Colour(lightness: 0.4520137, a: -0.03245698, b: -0.31152815).hex == "#0000ff")
    // Beyond sRGB it is paler, not clipped to another hue.
    #expect(Colour(lightness: 0.9, chroma: 0.4, hue: 145).hex != "#00ff00")
  }

  @Test func contrastIsThatOfWCAG() {
    let (white, black) = (Colour(lightness: 1, chroma: 0, hue: 0), Colour(lightness: 0, a: 0, b: 0))
    #expect(abs(white.contrast(with: black) - 21) < 0.01)
    #expect(white.contrast(with: white) == 1)
  }
}
