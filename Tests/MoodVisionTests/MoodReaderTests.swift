import Foundation
import ImageDecoding
import MoodVision
import Synchronization
import Tensor
import Testing

struct MoodReaderTests {
  static let reader = Result { try MoodReader() }

  @Test func readsAFileItsBytesAndItsPixels() async throws {
    let reader = try Self.reader.get()
    let url = example("eileen_collins")
    let reading = try await reader.read(contentsOf: url)
    #expect(reading.mood == .happy && reading.isSure && reading.source == .face)
    #expect(reading.width == 150 && reading.height == 150 && reading.faces.count == 1)
    #expect(reading.distribution[.happy] > 0.9)
    #expect(reading.faces[0].landmarks?.count == 5)
    #expect(try await reader.read(Data(contentsOf: url)) == reading)
    #expect(try await reader.read(portrait()) == reading)
    #expect("\(reading)".hasPrefix("happy 99."))
  }

  @Test func answersTheSameWithoutAwait() throws {
    func read() throws -> (MoodReading, MoodReading) {
      let reader = try Self.reader.get()
      let bytes = [UInt8](try Data(contentsOf: example("eileen_collins")))
      return (try reader.read(contentsOf: example("eileen_collins")), try reader.read(bytes))
    }
    let (file, bytes) = try read()
    #expect(file == bytes && file.mood == .happy)
  }

  @Test(arguments: [QuarterTurn.right, .half, .left])
  func turnsAPhotoInWhichNoFaceIsUpright(_ turn: QuarterTurn) async throws {
    let reader = try Self.reader.get()
    let upright = try pair(portrait())
    let back: [QuarterTurn: QuarterTurn] = [.right: .left, .half: .half, .left: .right]
    let lying = upright.turned(try #require(back[turn]))
    for selection in [FaceSelection.automatic, .largest, .all] {
      var expected = try await reader.read(upright, selection)
      #expect(expected.turned == .none)
      expected = MoodReading(
        width: expected.width, height: expected.height, turned: turn, source: expected.source,
        faces: expected.faces, instructionSet: expected.instructionSet)
      #expect(try await reader.read(lying, selection) == expected)
    }
    // What the caller points at is read as it is.
    #expect(try await reader.read(lying, .wholePicture).turned == .none)
  }

  @Test func saysThatThereIsNoFace() async throws {
    let reader = try Self.reader.get()
    await #expect(throws: MoodVisionError.noFace) { try await reader.read(plain(300, 200)) }
    let whole = try await reader.read(plain(300, 200), .wholePicture)
    #expect(whole.source == .whole && whole.faces[0].box == nil)
    #expect(whole.faces[0].crop == PixelRect(x: 0, y: 0, width: 300, height: 200))
  }

  @Test func readsEveryFaceAndTheirMean() async throws {
    let reader = try Self.reader.get()
    let both = try await reader.read(pair(portrait()), .all)
    #expect(both.faces.count == 2 && both.faces.allSatisfy { $0.mood == .happy })
    #expect(try await reader.read(pair(portrait())).faces.count == 1)
    let group = both.asGroup
    let mean = (both.faces[0].distribution[.happy] + both.faces[1].distribution[.happy]) / 2
    #expect(abs(group.distribution[.happy] - mean) < 1e-6)
  }

  @Test func takesATightCropWhole() async throws {
    let reader = try Self.reader.get()
    let rect = try await reader.read(portrait(), .largest).faces[0].crop
    let tight = try portrait().cropped(
      x: rect.x, y: rect.y, width: rect.width, height: rect.height)
    let reading = try await reader.read(tight)
    #expect(reading.source == .tightCrop)
    #expect(
      reading.faces[0].crop == PixelRect(x: 0, y: 0, width: tight.width, height: tight.height))
    #expect(try await reader.read(plain(48, 48)).source == .tightCrop)
    await #expect(throws: MoodVisionError.noFace) {
      try await reader.read(plain(48, 48), .largest)
    }
  }

  @Test func cutsAGivenBoxByTheRuleOfTraining() async throws {
    let reader = try Self.reader.get()
    let box = PixelRect(x: 20, y: 20, width: 100, height: 120)
    let reading = try await reader.read(portrait(), .box(box))
    #expect(reading.source == .given)
    // 70 − 61.5 and 80 − 61.5, rounded
    #expect(reading.faces[0].crop == PixelRect(x: 9, y: 19, width: 123, height: 123))
    for (x, y) in [(150, 0), (0, 150), (-100, 0), (0, -120), (Int.max / 4, 0)] {
      let outside = PixelRect(x: x, y: y, width: 100, height: 120)
      await #expect(
        throws: MoodVisionError.regionOutside(outside, width: 150, height: 150)
      ) { try await reader.read(portrait(), .box(outside)) }
    }
  }

  @Test func refusesWhatIsNoPhoto() async throws {
    let reader = try Self.reader.get()
    await #expect(throws: MoodVisionError.image(.notAnImage)) {
      try await reader.read(Array("no photo".utf8))
    }
    await #expect(throws: MoodVisionError.image(.empty)) { try await reader.read([UInt8]()) }
    await #expect {
      try await reader.read(contentsOf: URL(filePath: "/nowhere.jpg"))
    } throws: {
      if case .image(.unreadable) = $0 as? MoodVisionError { true } else { false }
    }
  }

  @Test func explainsWhichPlacesSpoke() async throws {
    let reader = try Self.reader.get()
    let explanation = try await reader.explain(Photo(portrait()), mood: .happy)
    #expect(explanation.mood == .happy && explanation.reading.mood == .happy)
    #expect(explanation.face.width == explanation.reading.faces[0].crop.width)
    #expect(explanation.heat.elements.max() ?? 0 > 0)
  }

  @Test func checksItsOptions() throws {
    let classifier = try Self.reader.get().classifier
    func refuses(_ options: MoodReaderOptions, _ name: String) {
      #expect {
        _ = try MoodReader(classifier: classifier, finder: nil, options: options)
      } throws: {
        if case .invalidOption(name, _, _) = $0 as? MoodVisionError { true } else { false }
      }
    }
    refuses(MoodReaderOptions(largestBatch: 0), "largestBatch")
    refuses(MoodReaderOptions(longestWait: .seconds(-1)), "longestWait")
    refuses(MoodReaderOptions(preparationThreads: 0), "preparationThreads")
    let blind = try MoodReader(classifier: classifier, finder: nil)
    #expect(throws: MoodVisionError.self) { try blind.read(portrait(), .all) }
    #expect(throws: MoodVisionError.self) { try blind.explain(Photo(portrait()), .wholePicture) }
    #expect(try blind.read(portrait(), .wholePicture).source == .whole)
  }

  @Test func namesThePlacesWhereWeightsWereSearched() {
    #expect(throws: MoodVisionError.self) {
      _ = try MoodReader(weights: "/nowhere", faceWeights: nil)
    }
    let error = MoodVisionError.weightsNotFound(name: "mood.safetensors", searched: ["/a", "/b"])
    #expect("\(error)".contains("/a, /b") && "\(error)".contains("DefaultWeights"))
  }
}

/// Many callers at once.
struct MoodReaderConcurrencyTests {
  @Test func joinsCallersInPassesAndAnswersEachItsOwn() async throws {
    let passes = Mutex<[Int]>([])
    let reader = try MoodReader(
      options: MoodReaderOptions(passObserver: { pass in passes.withLock { $0.append(pass.faces) } }
      )
    )
    let names = ["eileen_collins", "grace_hopper"]
    let expected = try [portrait(names[0]), portrait(names[1])].map { try reader.read($0) }
    let answers = try await withThrowingTaskGroup(of: (Int, MoodReading).self) { group in
      for index in 0..<32 {
        group.addTask { (index, try await reader.read(contentsOf: example(names[index % 2]))) }
      }
      return try await group.reduce(into: [Int: MoodReading]()) { $0[$1.0] = $1.1 }
    }
    #expect(answers.count == 32)
    for (index, answer) in answers { #expect(answer == expected[index % 2]) }
    let sizes = passes.withLock { $0 }
    #expect(sizes.reduce(0, +) == 34 && sizes.allSatisfy { $0 <= 8 } && sizes.contains { $0 > 1 })
  }

  @Test func aCancelledCallerLeaves() async throws {
    let reader = try MoodReader()
    let image = try portrait()
    let expected = try await reader.read(image)
    enum Outcome { case answered, cancelled, wrong }
    let outcomes = await withTaskGroup(of: Outcome.self) { group in
      for index in 0..<1000 {
        let task = Task {
          do {
            return try await reader.read(image) == expected ? Outcome.answered : .wrong
          } catch is CancellationError {
            return .cancelled
          } catch { return .wrong }
        }
        group.addTask {
          if index % 50 != 0 {
            try? await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
            task.cancel()
          }
          return await task.value
        }
      }
      return await group.reduce(into: [Outcome: Int]()) { $0[$1, default: 0] += 1 }
    }
    #expect(outcomes[.wrong] == nil && outcomes.values.reduce(0, +) == 1000)
    #expect(outcomes[.answered, default: 0] >= 20 && outcomes[.cancelled, default: 0] > 500)
    #expect(try await reader.read(image) == expected)
  }

  @Test func isFreedWithItsThreads() async throws {
    weak var freed: MoodReader?
    do {
      let reader = try MoodReader()
      _ = try await reader.read(portrait())
      freed = reader
    }
    #expect(freed == nil)
  }
}
