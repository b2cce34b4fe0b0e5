import Foundation
import MoodRecommend

extension AnswerAddress {
  /// Reads the fields of an address or a form; those of other names are left alone.
  ///
  /// - Throws: ``ServerError/badValue(name:expected:)``.
  init(_ fields: [(name: String, value: String)], choices: SongChoices) throws(ServerError) {
    var (genres, languages): ([String], [String]) = ([], [])
    for (name, value) in fields where !value.isEmpty {
      switch name {
      case "p": faces = try Self.faces(value)
      case "unsure":
        unsure = Set(try Self.numbers(value, name, 1...Self.faceLimit, limit: Self.faceLimit))
      case "from": sawWhole = value == "whole"
      case "words": words = try Self.one(value, name)
      case "mood": said = try Self.choice(value, name, Mood.allCases)
      case "goal":
        guard let found = Goal(name: value) else { throw .notOne(of: Goal.allCases, name) }
        goal = found
      case "journey":
        guard let found = JourneyGoal(name: value) else {
          throw .notOne(of: JourneyGoal.allCases, name)
        }
        journey = found
      case "minutes": minutes = try Self.number(value, name, 5...240)
      case "skips": skips = try Self.numbers(value, name, 0...200, limit: Self.skipLimit)
      case "genre": genres.append(try Self.known(value, choices.genres, "genre"))
      case "language": languages.append(try Self.known(value, choices.languages, "language"))
      case "years": filter.years = try Self.years(value)
      case "count": count = try Self.number(value, name, 1...50)
      case "seed":
        guard let found = UInt64(value) else {
          throw .badValue(name: name, expected: "a number from 0 to 2⁶⁴ − 1")
        }
        seed = found
      case "songs": songs = try Self.codes(value, name, limit: 50, free: "_")
      case "seen": seen = try Self.codes(value, name, limit: Self.seenLimit).compactMap(\.self)
      default: break
      }
    }
    (filter.genres, filter.languages) = (genres, languages)
    // Only now is known how many there are.
    if let text = fields.last(where: { $0.name == "face" })?.value, !text.isEmpty {
      try take(who: text)
    }
  }

  /// Takes the field `face`, which counts among the faces that are there.
  ///
  /// - Throws: ``ServerError/badValue(name:expected:)``.
  mutating func take(who text: String) throws(ServerError) {
    who = try Self.who(text)
    if case .face(let number) = who, number > max(1, faces.count) {
      throw .badValue(name: "face", expected: "a face that is there, or all")
    }
  }

  /// Whether it says anything of a mood.
  var hasMood: Bool { !faces.isEmpty || words != nil || said != nil }

  private static func faces(_ text: String) throws(ServerError) -> [MoodShares] {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    let faces = parts.compactMap { MoodShares($0) }
    guard (1...faceLimit).contains(parts.count), faces.count == parts.count else {
      throw .badValue(name: "p", expected: "seven ten-thousandths for each face")
    }
    return faces
  }

  private static func one(_ text: String, _ name: String) throws(ServerError) -> MoodShares {
    guard let shares = MoodShares(text) else {
      throw .badValue(name: name, expected: "seven ten-thousandths")
    }
    return shares
  }

  private static func who(_ text: String) throws(ServerError) -> Who {
    if text == "all" { return .all }
    return .face(try number(text, "face", 1...faceLimit))
  }

  private static func choice<Value: RawRepresentable<String>>(
    _ text: String, _ name: String, _ all: [Value]
  ) throws(ServerError) -> Value {
    guard let value = Value(rawValue: text) else { throw .notOne(of: all, name) }
    return value
  }

  private static func known(
    _ text: String, _ all: [String], _ name: String
  ) throws(ServerError) -> String {
    guard all.contains(text) else {
      throw .badValue(name: name, expected: "a \(name) of the catalogue")
    }
    return text
  }

  static func number(
    _ text: some StringProtocol, _ name: String, _ range: ClosedRange<Int>
  ) throws(ServerError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw .badValue(
        name: name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func numbers(
    _ text: String, _ name: String, _ range: ClosedRange<Int>, limit: Int
  ) throws(ServerError) -> [Int] {
    var numbers: [Int] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      numbers.append(try number(part, name, range))
    }
    guard numbers.count <= limit else {
      throw .badValue(name: name, expected: "at most \(limit) numbers")
    }
    return numbers
  }

  private static func years(_ text: String) throws(ServerError) -> ClosedRange<Int> {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let first = parts[0], let last = parts[1], first <= last,
      (0...2999).contains(first), (0...2999).contains(last)
    else { throw .badValue(name: "years", expected: "two years as 1980-1999") }
    return first...last
  }

  private static func codes(
    _ text: String, _ name: String, limit: Int, free: String? = nil
  ) throws(ServerError) -> [SongCode?] {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var codes: [SongCode?] = []
    for part in parts {
      let code = SongCode(part)
      guard code != nil || free.map({ part == $0 }) == true, codes.count < limit else {
        throw .badValue(name: name, expected: "at most \(limit) codes of songs")
      }
      codes.append(code)
    }
    return codes
  }
}

extension AnswerAddress: CustomStringConvertible {
  /// The address: path and query.
  var description: String { Self.path + "?" + query }

  /// The query; what has its default value is left out.
  var query: String {
    var parts: [(String, String)] = []
    func add(_ name: String, _ value: String?) { if let value { parts.append((name, value)) } }
    func join(_ values: [some CustomStringConvertible], _ separator: String = ".") -> String? {
      values.isEmpty ? nil : values.map(\.description).joined(separator: separator)
    }
    add("p", join(faces, "_"))
    add("unsure", join(unsure.sorted()))
    add("from", sawWhole ? "whole" : nil)
    switch who {
    case .face(let number): add("face", number == 1 ? nil : "\(number)")
    case .all: add("face", "all")
    }
    add("words", words?.description)
    add("mood", said?.rawValue)
    add("goal", goal == .classic ? nil : goal.rawValue)
    if let journey {
      add("journey", journey.rawValue)
      add("minutes", "\(minutes)")
      add("skips", join(skips))
    }
    for genre in filter.genres { add("genre", genre) }
    for language in filter.languages { add("language", language) }
    add("years", filter.years.map { "\($0.lowerBound)-\($0.upperBound)" })
    add("count", count == 5 ? nil : "\(count)")
    add("seed", seed.map(String.init))
    add("songs", join(songs.map { $0?.description ?? "_" }))
    add("seen", join(seen))
    return parts.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
  }

  /// Percent-encoded UTF-8, all but the unreserved characters of RFC 3986.
  private static func encoded(_ text: String) -> String {
    let unreserved = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}

extension ServerError {
  /// Not one of those names.
  static func notOne<Value: RawRepresentable<String>>(of all: [Value], _ name: String) -> Self {
    .badValue(name: name, expected: "one of " + all.map(\.rawValue).joined(separator: ", "))
  }
}
