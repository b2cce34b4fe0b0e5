/// The headers of one part of a form.
public struct PartHeaders: Sendable, Equatable {
  /// Names in lower case with their values, in order.
  public let fields: [(name: String, value: String)]

  /// The field's name, from `Content-Disposition: form-data; name="…"`.
  public var name: String? { parameter("name") }

  /// The file's name, if the part is a file.
  public var fileName: String? { parameter("filename") }

  /// The part's media type in lower case without parameters, if it has one.
  public var contentType: String? {
    value("content-type").map { String($0.prefix { $0 != ";" }).trimmed.lowercased() }
  }

  /// Whether two parts have the same headers in the same order.
  public static func == (left: PartHeaders, right: PartHeaders) -> Bool {
    left.fields.elementsEqual(right.fields) { $0 == $1 }
  }

  /// Reads header lines, without the empty one at their end.
  ///
  /// - Throws: ``MultipartError/badHeader``.
  init(_ lines: [UInt8]) throws(MultipartError) {
    var fields: [(name: String, value: String)] = []
    for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
      var line = line
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        !line.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\r") }),
        !line[..<colon].contains(where: { $0 <= 32 || $0 >= 127 })
      else { throw .badHeader }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmed
      fields.append((name, value))
    }
    self.fields = fields
  }

  private func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  private func parameter(_ name: String) -> String? {
    value("content-disposition").flatMap { headerParameter(name, in: $0) }
  }
}

/// A parameter of a header's value, such as `boundary` of a content type; quotes are taken off.
func headerParameter(_ name: String, in value: String) -> String? {
  var rest = value[...]
  func skip(to end: Character) { rest = rest.drop { $0 != end } }
  skip(to: ";")
  while rest.first == ";" {
    rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
    let key = rest.prefix { $0 != "=" && $0 != ";" }
    rest = rest.dropFirst(key.count)
    guard rest.first == "=" else { continue }
    rest = rest.dropFirst()
    var found = ""
    if rest.first == "\"" {
      rest = rest.dropFirst()
      while let next = rest.first, next != "\"" {
        rest = rest.dropFirst()
        // RFC 7578 leaves quoting to browsers: only a quote or a backslash is escaped.
        if next == "\\", let escaped = rest.first, escaped == "\"" || escaped == "\\" {
          found.append(escaped)
          rest = rest.dropFirst()
        } else {
          found.append(next)
        }
      }
    } else {
      found = String(rest.prefix { $0 != ";" }).trimmed
    }
    skip(to: ";")
    if String(key).trimmed.lowercased() == name { return found }
  }
  return nil
}

extension StringProtocol {
  /// The text without spaces and tabs at its ends.
  var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
