import Foundation

/// The bytes of a text model: `MOODTEXT`, version and length of a JSON head, the head, then a row of
/// seven signed bytes for each bucket.
struct TextModelFile {
  struct Head: Decodable {
    let moods: [String]
    let buckets: Int
    let step, bias: [Float]
  }

  let head: Head
  /// Seven signed bytes for each bucket, in two's complement.
  let rows: [UInt8]

  /// Checks everything before it is used.
  init(_ data: Data) throws(MoodTextError) {
    let bytes = [UInt8](data.prefix(1 << 20))
    guard bytes.count >= 16, bytes.starts(with: Array("MOODTEXT".utf8)) else { throw .notAModel }
    func number(_ at: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
    guard number(8) == 1 else { throw .unknownVersion(number(8)) }
    let start = 16 + number(12)
    guard start <= bytes.count, start < 1 << 20,
      let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[16..<start])),
      head.moods.count == 7, head.step.count == 7, head.bias.count == 7,
      (head.step + head.bias).allSatisfy(\.isFinite),
      head.buckets > 0, head.buckets <= 1 << 24, head.buckets & (head.buckets - 1) == 0
    else { throw .notAModel }
    let expected = start + 7 * head.buckets
    guard data.count == expected else {
      throw .wrongLength(expected: expected, found: data.count)
    }
    (self.head, rows) = (head, [UInt8](data.dropFirst(start)))
  }
}
