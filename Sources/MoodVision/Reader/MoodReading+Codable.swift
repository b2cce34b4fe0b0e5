import FaceFinder
import ImageDecoding
import MoodValues
import Tensor

extension FaceReading: Codable {
  private enum CodingKeys: CodingKey { case box, score, landmarks, crop }

  /// Reads the JSON form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let mood = try MoodFields(from: decoder)
    self.init(
      box: try values.decodeIfPresent(PixelRect<Float>.self, forKey: .box),
      score: try values.decodeIfPresent(Float.self, forKey: .score),
      landmarks: try values.decodeIfPresent([Face.Point].self, forKey: .landmarks),
      crop: try values.decode(PixelRect<Int>.self, forKey: .crop),
      distribution: try mood.distribution(decoder), isSure: mood.isSure)
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    try MoodFields(distribution, isSure: isSure).encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encodeIfPresent(box, forKey: .box)
    try values.encodeIfPresent(score, forKey: .score)
    try values.encodeIfPresent(landmarks, forKey: .landmarks)
    try values.encode(crop, forKey: .crop)
  }
}

extension MoodReading: Codable {
  private enum CodingKeys: CodingKey { case v, id, ok, width, height, turned, source, faces, isa }

  /// Reads the JSON form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let version = try values.decode(Int.self, forKey: .v)
    let faces = try values.decode([FaceReading].self, forKey: .faces)
    guard version == Self.schemaVersion, !faces.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .v, in: values, debugDescription: "not a reading of version \(Self.schemaVersion)")
    }
    self.init(
      id: try values.decodeIfPresent(String.self, forKey: .id),
      width: try values.decode(Int.self, forKey: .width),
      height: try values.decode(Int.self, forKey: .height),
      turned: try values.decodeIfPresent(QuarterTurn.self, forKey: .turned) ?? .none,
      source: try values.decode(Source.self, forKey: .source), faces: faces,
      instructionSet: try values.decodeIfPresent(String.self, forKey: .isa).map { name in
        guard let set = InstructionSet(rawValue: name) else {
          throw DecodingError.dataCorruptedError(
            forKey: .isa, in: values, debugDescription: "no such instruction set")
        }
        return set
      })
    let mood = try MoodFields(from: decoder)
    (distribution, isSure) = (try mood.distribution(decoder), mood.isSure)
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    try MoodFields(distribution, isSure: isSure).encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(Self.schemaVersion, forKey: .v)
    try values.encodeIfPresent(id, forKey: .id)
    try values.encode(true, forKey: .ok)
    try values.encode(width, forKey: .width)
    try values.encode(height, forKey: .height)
    if turned != .none { try values.encode(turned, forKey: .turned) }
    try values.encode(source, forKey: .source)
    try values.encode(faces, forKey: .faces)
    try values.encodeIfPresent(instructionSet?.rawValue, forKey: .isa)
  }
}
