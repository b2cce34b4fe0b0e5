import Foundation
import ImageDecoding
import MoodVision
import Tensor
import Testing

struct MoodReadingTests {
  @Test func survivesItsJSONForm() async throws {
    let reader = try MoodReader()
    var reading = try await reader.read(pair(portrait()), .all)
    reading.id = "pair.jpg"
    let data = try JSONEncoder().encode(reading)
    #expect(try JSONDecoder().decode(MoodReading.self, from: data) == reading)
    let object = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["v"] as? Int == 3 && object["ok"] as? Bool == true)
    #expect(object["id"] as? String == "pair.jpg" && object["source"] as? String == "face")
    #expect(object["mood"] as? String == "happy")
    #expect(object["isa"] as? String == InstructionSet.best.rawValue)
    let face = try #require((object["faces"] as? [[String: Any]])?.first)
    #expect(Set((face["crop"] as? [String: Int] ?? [:]).keys) == ["x", "y", "width", "height"])
  }

  @Test func itsJSONFormSaysByHowMuchThePhotoWasTurned() throws {
    let mood = try MoodDistribution(probabilities: [0, 0, 0, 1, 0, 0, 0])
    let crop = PixelRect(x: 1, y: 2, width: 3, height: 4)
    let face = FaceReading(crop: crop, distribution: mood, isSure: true)
    for turn in QuarterTurn.allCases {
      let reading = MoodReading(width: 9, height: 8, turned: turn, source: .face, faces: [face])
      let data = try JSONEncoder().encode(reading)
      #expect(try JSONDecoder().decode(MoodReading.self, from: data) == reading)
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      #expect(object?["turned"] as? Int == (turn == .none ? nil : turn.rawValue))
    }
  }

  @Test(arguments: [
    "{}", #"{"v":1}"#,
    #"{"v":3,"ok":true,"width":1,"height":1,"source":"whole","faces":[],"mood":"sad"}"#,
  ])
  func refusesOtherJSON(_ text: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(MoodReading.self, from: Data(text.utf8))
    }
  }

  @Test func readsSelections() {
    #expect(FaceSelection("auto") == .automatic && FaceSelection("all") == .all)
    #expect(FaceSelection("none") == .wholePicture && FaceSelection("whole") == .wholePicture)
    #expect(
      FaceSelection("1,-2,30,40") == .box(PixelRect(x: 1, y: -2, width: 30, height: 40)))
    for text in ["", "some", "1,2,3", "1,2,3,4,5", "1,2,0,4", "1,2,3,-4", "99999,0,1,1", "a,b,c,d"]
    {
      #expect(FaceSelection(text) == nil)
    }
  }
}
