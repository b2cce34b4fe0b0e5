import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A value as JSON; the keys are sorted, so equal values are equal bytes.
func encoded(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("\(type(of: value)) cannot be encoded")
  }
  return Array(data)
}

/// An answer in JSON.
func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
  text(encoded(value), type: "application/json", status: status)
}

/// An answer of any type.
func text(
  _ bytes: some Sequence<UInt8>, type: String, status: HTTPResponse.Status = .ok
) -> Response {
  Response(
    status: status, headers: [.contentType: type],
    body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
}

/// Reads JSON from a body.
func decoded<Value: Decodable>(
  _ type: Value.Type, from bytes: [UInt8]
) throws(ServerError) -> Value {
  do {
    return try JSONDecoder().decode(type, from: Data(bytes))
  } catch let error as DecodingError {
    throw .badJSON(reason: error.reason)
  } catch {
    throw .badJSON(reason: "not JSON")
  }
}

extension DecodingError {
  /// Where and why, without what the client sent.
  fileprivate var reason: String {
    func place(_ context: Context) -> String {
      context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    return switch self {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing"
    case .typeMismatch(_, let context): "\(place(context)) has the wrong type"
    case .valueNotFound(_, let context): "\(place(context)) is null"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "not JSON" : "\(place(context)) has a value that is not allowed"
    @unknown default: "not as documented"
    }
  }
}
