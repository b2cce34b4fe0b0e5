import Foundation
import Multipart
import OpenInference

/// Parses the input as a form, at once and in pieces; its first line is the content type.
let fuzzMultipart: Target = { bytes in
  let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
  let type = String(decoding: bytes[..<end], as: UTF8.self)
  let body = bytes[min(end + 1, bytes.endIndex)...]
  func events(_ size: Int) throws -> [MultipartParser.Event]? {
    try attempt {
      var parser = try MultipartParser(contentType: type)
      var events: [MultipartParser.Event] = []
      for start in stride(from: body.startIndex, to: body.endIndex, by: size) {
        for event in try parser.parse(body[start..<min(body.endIndex, start + size)]) {
          if case .data(let more) = event, case .data(let before) = events.last {
            events[events.count - 1] = .data(before + more)
          } else {
            events.append(event)
          }
        }
      }
      try parser.finish()
      return events
    }
  }
  let whole = try events(max(1, body.count))
  for size in [1, 5] {
    let pieces = try events(size)
    try check(pieces == whole, "pieces of \(size) give other parts")
  }
  for case .began(let headers) in whole ?? [] {
    _ = (headers.name, headers.fileName, headers.contentType)
  }
}

/// Reads the input as the body of an inference request: the first two bytes say how much of it is
/// JSON, the rest are binary tensors; all of it is if they are over its length.
let fuzzInference: Target = { bytes in
  let length = bytes.prefix(2).reduce(0) { $0 << 8 | Int($1) }
  let body = Array(bytes.dropFirst(2))
  let split = min(length, body.count)
  guard
    let request = try attempt({
      try JSONDecoder().decode(InferenceRequest.self, from: Data(body[..<split]))
    })
  else { return }
  try check(!request.wanted.isEmpty, "no output is wanted")
  guard let photos = try attempt({ try request.photos(binary: body[split...]) }) else { return }
  try check((1...InferenceRequest.photoLimit).contains(photos.count), "\(photos.count) photos")
}
