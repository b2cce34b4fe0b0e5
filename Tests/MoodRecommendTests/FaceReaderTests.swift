import FaceFinder
import ImageDecoding
import MoodRecommend
import Testing
import WeightLoader

struct FaceReaderTests {
  static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  static func reader() throws -> FaceReader {
    FaceReader(
      classifier: try MoodClassifier(weights: WeightFile(path: root + "/Weights/mood.safetensors")),
      finder: try FaceFinder(path: root + "/Weights/face.safetensors"))
  }

  static func portrait() throws -> RGBImage {
    try RGBImage(contentsOf: root + "/Examples/eileen_collins.jpg")
  }

  /// The portrait within grey, and once more beside it.
  static func pair(_ portrait: RGBImage) throws -> RGBImage {
    let (width, height) = (portrait.width * 2 + 90, portrait.height + 60)
    var pixels = [UInt8](repeating: 90, count: width * height * 3)
    for left in [20, portrait.width + 60] {
      for y in 0..<portrait.height {
        for i in 0..<portrait.width * 3 {
          pixels[((y + 30) * width + left) * 3 + i] = portrait.pixels[y * portrait.width * 3 + i]
        }
      }
    }
    return try RGBImage(width: width, height: height, pixels: pixels)
  }

  @Test func readsTheSameMoodWhereverTheFaceIs() throws {
    let reader = try Self.reader()
    let portrait = try Self.portrait()
    let alone = try #require(try reader.read(portrait, .largest).first)
    let both = try reader.read(Self.pair(portrait), .all)
    #expect(both.count == 2)
    for reading in both {
      #expect(reading.place.source == .face)
      #expect(reading.classification.distribution.mood == alone.classification.distribution.mood)
    }
    #expect(try reader.read(Self.pair(portrait), .auto).count == 1)
  }

  @Test func takesATightCropWhole() throws {
    let reader = try Self.reader()
    let portrait = try Self.portrait()
    let place = try #require(try reader.places(in: portrait, .largest).first)
    let tight = reader.part(place, of: portrait)
    let whole = try #require(try reader.places(in: tight, .auto).first)
    #expect(whole.source == .tightCrop)
    #expect([whole.x, whole.y, whole.width, whole.height] == [0, 0, tight.width, tight.height])
    let small = try RGBImage(
      width: 48, height: 48, pixels: [UInt8](repeating: 99, count: 48 * 48 * 3))
    #expect(try reader.places(in: small, .auto).first?.source == .tightCrop)
    #expect(try reader.places(in: small, .largest).isEmpty)
  }

  @Test func saysNothingWhereNoFaceIs() throws {
    let reader = try Self.reader()
    let wall = try RGBImage(width: 300, height: 200, pixels: [UInt8](repeating: 99, count: 180_000))
    #expect(try reader.read(wall).isEmpty)
    #expect(try reader.read(wall, .none).first?.place.source == .whole)
  }

  @Test func cutsAGivenBoxByTheRule() throws {
    let reader = try Self.reader()
    let place = try #require(
      try reader.places(in: Self.portrait(), .box(x: 20, y: 20, width: 100, height: 120)).first)
    #expect(place.source == .given)
    #expect([place.width, place.height] == [123, 123])
    #expect([place.x, place.y] == [9, 19])  // 70 − 61.5 and 80 − 61.5, rounded
    for box in [(Int.min / 4, 0), (0, Int.max / 4)] {
      let far = try reader.places(
        in: Self.portrait(), .box(x: box.0, y: box.1, width: 1 << 40, height: 1))
      #expect(far.count == 1)
    }
  }
}
