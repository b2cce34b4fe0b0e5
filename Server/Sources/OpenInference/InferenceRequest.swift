import Foundation

/// The body of an inference request: what `POST /v2/models/mood/infer` takes.
///
/// The Open Inference Protocol, version 2, with the binary tensor extension:
/// <https://github.com/kserve/open-inference-protocol>. The inputs are `image`, BYTES `[N]`, and,
/// if the photos have names, `id`, BYTES `[N]`.
public struct InferenceRequest: Decodable, Sendable {
  /// The most photos of a request.
  public static let photoLimit = 16

  /// A photo's file, and its name if it has one.
  public struct Photo: Equatable, Sendable {
    /// The bytes of a JPEG or PNG file.
    public var bytes: [UInt8]
    /// What the client calls the photo.
    public var id: String?
  }

  private struct Parameters: Decodable {
    var binary_data_size: Int?
    var binary_data: Bool?
    var binary_data_output: Bool?
  }
  private struct Input: Decodable {
    var name, datatype: String
    var shape: [Int]
    var parameters: Parameters?
    var data: [String]?
  }
  private struct Output: Decodable {
    var name: String
    var parameters: Parameters?
  }

  /// What the client calls the request.
  public var id: String?
  private var parameters: Parameters?
  private var inputs: [Input]
  private var outputs: [Output]?

  /// The outputs that are asked for, and which of them in binary.
  public var wanted: [(name: String, isBinary: Bool)] {
    let all = parameters?.binary_data_output ?? false
    guard let outputs, !outputs.isEmpty else { return [("probabilities", all), ("mood", all)] }
    return outputs.map { ($0.name, $0.parameters?.binary_data ?? all) }
  }

  /// The photos, from base64 or from the bytes behind the JSON, with their names if there are any.
  ///
  /// - Parameter binary: What follows the JSON in the body.
  /// - Returns: 1 to ``photoLimit`` photos, as many as the shape says.
  /// - Throws: ``InferenceRequestError`` for a value that is not one of those allowed.
  public func photos(binary: ArraySlice<UInt8>) throws(InferenceRequestError) -> [Photo] {
    for output in outputs ?? [] where !["probabilities", "mood", "answer"].contains(output.name) {
      throw InferenceRequestError(name: "outputs", expected: "probabilities, mood or answer")
    }
    var tensors: [String: [[UInt8]]] = [:]
    var rest = binary
    for input in inputs {
      guard ["image", "id"].contains(input.name), input.datatype == "BYTES",
        tensors[input.name] == nil
      else { throw Self.wrongInputs }
      tensors[input.name] = try Self.elements(of: input, &rest)
    }
    guard rest.isEmpty else { throw Self.wrongSize }
    guard let files = tensors["image"], tensors["id"]?.count ?? files.count == files.count else {
      throw Self.wrongInputs
    }
    var photos = files.map { Photo(bytes: $0) }
    for (index, bytes) in (tensors["id"] ?? []).enumerated() {
      guard let id = String(validating: bytes, as: UTF8.self) else {
        throw InferenceRequestError(name: "id", expected: "UTF-8")
      }
      photos[index].id = id
    }
    return photos
  }

  private static let wrongInputs = InferenceRequestError(
    name: "inputs",
    expected: "image of datatype BYTES, and perhaps id, BYTES too, of as many elements")
  private static let wrongSize = InferenceRequestError(
    name: "binary_data_size", expected: "the number of bytes behind the JSON")

  /// The elements of an input, from base64 (names: as they are) or from the start of `rest`.
  private static func elements(
    of input: Input, _ rest: inout ArraySlice<UInt8>
  ) throws(InferenceRequestError) -> [[UInt8]] {
    let limit = 1...Self.photoLimit
    guard (1...2).contains(input.shape.count), input.shape.allSatisfy(limit.contains),
      limit.contains(input.shape.reduce(1, *))
    else {
      throw InferenceRequestError(
        name: "shape", expected: "[N] with N from 1 to \(limit.upperBound)")
    }
    let elements: [[UInt8]]
    if let size = input.parameters?.binary_data_size {
      guard (0...rest.count).contains(size) else { throw wrongSize }
      elements = try split(rest.prefix(size))
      rest = rest.dropFirst(size)
    } else if input.name == "image" {
      elements = try base64(input.data ?? [])
    } else {
      elements = (input.data ?? []).map { Array($0.utf8) }
    }
    guard elements.count == input.shape.reduce(1, *) else {
      throw InferenceRequestError(name: "data", expected: "as many elements as the shape says")
    }
    return elements
  }

  /// Splits BYTES: each element's length in four bytes, the lowest first, then the element.
  private static func split(_ bytes: ArraySlice<UInt8>) throws(InferenceRequestError) -> [[UInt8]] {
    var rest = bytes
    var elements: [[UInt8]] = []
    while !rest.isEmpty {
      guard rest.count >= 4 else { throw wrongSize }
      let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard length <= rest.count, elements.count < Self.photoLimit else {
        throw wrongSize
      }
      elements.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return elements
  }

  private static func base64(_ data: [String]) throws(InferenceRequestError) -> [[UInt8]] {
    var files: [[UInt8]] = []
    for text in data {
      guard let file = Data(base64Encoded: text) else {
        throw InferenceRequestError(name: "data", expected: "base64, as JSON has no bytes")
      }
      files.append(Array(file))
    }
    return files
  }
}

/// A value of an inference request that is not one of those allowed.
public struct InferenceRequestError: Error, Equatable, Sendable {
  /// Where it stands.
  public let name: String
  /// What may stand there.
  public let expected: String
}
