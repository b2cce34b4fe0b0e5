import Foundation
import MoodRecommend
import Testing

@testable import MoodServer

@Suite struct DrawingTests {
  @Test func languagesSayTheSame() {
    let (english, german) = (Texts.of(.english), Texts.of(.german))
    #expect(Set(english.table.keys) == Set(german.table.keys))
    for (name, text) in english.table {
      let other = german.table[name] ?? ""
      func gaps(_ text: String) -> [String] {
        text.matches(of: /\{\w+\}/).map { String($0.output) }.sorted()
      }
      #expect(gaps(text) == gaps(other) && !text.isEmpty && !other.isEmpty, "\(name)")
    }
  }

  @Test func numbersAreWrittenAsTheLanguageDoes() {
    #expect(Texts.of(.english).percent(0.9971) == "99.7 %")
    #expect(Texts.of(.german).percent(0.9971) == "99,7 %")
    #expect(Texts.of(.english).percent(0.0002) == "< 0.1 %")
    #expect(Texts.of(.english).percent(0) == "0.0 %")
    #expect(Texts.of(.german)("face", ["number": "2"]) == "Gesicht 2")
  }

  @Test func theSunStandsHigherWhereItIsBrighter() throws {
    func sun(_ valence: Float) throws -> Double {
      let tile = Landscape(MoodPoint(valence: valence, arousal: 0)).tile("t")
      let height = try #require(tile.firstMatch(of: /cy="([0-9.]+)"/)).output.1
      return try #require(Double(height))
    }
    #expect(try sun(0.8) < sun(0) && sun(0) < sun(-0.8))
    let place = MoodPoint(valence: 0.2, arousal: 0.4)
    #expect(Landscape(place).tile("t") == Landscape(place).tile("t"))
    #expect(Landscape(MoodPoint(valence: 9, arousal: -9)).picture("t").contains("</svg>"))
  }

  @Test func numbersInDrawingsHaveOneDigit() {
    #expect(
      [1.0, -0.04, 0.25, -12.34, 99.96].map { number($0) } == ["1", "0", "0.3", "-12.3", "100"])
  }

  @Test func aJourneysCurveHasADotForEachSong() throws {
    let journey = try Recommender(catalogue: Catalogue.standard).journey(
      from: MoodDistribution(certain: .sad), to: .happy, options: JourneyOptions(seed: 3))
    let curve = JourneyCurve(journey, label: "a \"line\" & more")
    for format in [JourneyCurve.Format.wide, .narrow] {
      let svg = curve.svg(format, minutes: "min")
      #expect(svg.components(separatedBy: "<circle").count - 1 == journey.stops.count)
      #expect(svg.contains("a &quot;line&quot; &amp; more"))
      // Every mark has a place within the drawing.
      let width = format == .wide ? 1080.0 : 350.0
      let places = svg.matches(of: /cx="([0-9.]+)"/).compactMap { Double($0.output.1) }
      #expect(places == places.sorted() && places.allSatisfy { (0...width).contains($0) })
    }
  }
}
