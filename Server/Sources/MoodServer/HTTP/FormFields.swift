import Foundation
import Hummingbird
import HummingbirdCore

/// The named texts of a query or a form, in their order.
struct FormFields: Sendable {
  private(set) var pairs: [(name: String, value: String)] = []

  init() {}

  /// Reads a query, or a body of the type `application/x-www-form-urlencoded`.
  init(urlEncoded text: some StringProtocol) {
    // The URI's own parser knows the rest of the syntax.
    for (name, value) in URI("/?" + String(text).replacing("+", with: "%20")).queryParameters {
      append(String(name), String(value))
    }
  }

  /// The last field of a name.
  subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }

  /// Removes the fields of a name; returns the last.
  mutating func take(_ name: String) -> String? {
    defer { pairs.removeAll { $0.name == name } }
    return self[name]
  }

  mutating func append(_ name: String, _ value: String) { pairs.append((name, value)) }

  /// With those of a query whose names are not here yet.
  func merged(_ query: FormFields) -> FormFields {
    var all = self
    let names = Set(pairs.map(\.name))
    all.pairs += query.pairs.filter { !names.contains($0.name) }
    return all
  }
}

extension Request {
  /// The fields of the query.
  var query: FormFields { FormFields(urlEncoded: uri.query ?? "") }
}
