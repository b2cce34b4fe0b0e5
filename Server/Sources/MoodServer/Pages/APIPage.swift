import Foundation
import Hummingbird

extension Pages {
  /// The API for people, made of `openapi.json`: every address with its parameters, an example and
  /// its answers, and every failure.
  func api(_ visit: Visit) -> Response {
    page(PageView(template: "api", title: visit.texts("program"), values: Self.apiValues), visit)
  }

  private static var apiValues: [String: Any] {
    let object = try? JSONSerialization.jsonObject(with: Data(PackageResources.openapi_json))
    let document = APIDocument(object as? [String: Any] ?? [:])
    let failures = ServerError.examples.map {
      ["code": $0.code, "status": "\($0.status.code)", "sentence": "\($0)"]
    }
    return ["operations": document.operations, "failures": failures]
  }
}

/// What the API's page shows of an OpenAPI document.
private struct APIDocument {
  private typealias Object = [String: Any]
  private let root: [String: Any]

  init(_ root: [String: Any]) { self.root = root }

  /// Every operation as the template takes it, by path and method.
  var operations: [[String: Any]] {
    let paths = root["paths"] as? [String: Object] ?? [:]
    return paths.sorted { $0.key < $1.key }.flatMap { path, methods in
      methods.sorted { $0.key < $1.key }.compactMap { method, operation in
        (operation as? Object).map { values(method.uppercased(), path, $0) }
      }
    }
  }

  private func values(_ method: String, _ path: String, _ operation: Object) -> Object {
    let parameters = (operation["parameters"] as? [Object] ?? []).map(resolved)
    let rows = parameters.map { parameter -> Object in
      let schema = resolved(parameter["schema"] as? Object ?? [:])
      return [
        "name": text(parameter["name"]), "description": text(parameter["description"]),
        "values": (schema["enum"] as? [Any])?.map(text).joined(separator: ", ")
          ?? text(schema["type"]),
        "default": text(schema["default"]),
      ]
    }
    let answers = (operation["responses"] as? [String: Object] ?? [:]).sorted { $0.key < $1.key }
      .map { ["status": $0.key, "description": text(resolved($0.value)["description"])] }
    return [
      "id": text(operation["operationId"]), "method": method, "path": path,
      "summary": text(operation["summary"]), "description": text(operation["description"]),
      "parameters": rows, "hasParameters": !rows.isEmpty, "answers": answers,
      "example": example(method, path, operation, parameters),
    ]
  }

  /// A command that asks for it.
  private func example(
    _ method: String, _ path: String, _ operation: Object, _ parameters: [Object]
  ) -> String {
    let query =
      method == "GET"
      ? parameters.filter { $0["example"] != nil }
        .map { "\(text($0["name"]))=\(text($0["example"]))" }.joined(separator: "&") : ""
    let address = "http://localhost:8080\(path)" + (query.isEmpty ? "" : "?" + query)
    let quoted = query.isEmpty ? address : "'\(address)'"
    let content = resolved(operation["requestBody"] as? Object ?? [:])["content"] as? Object ?? [:]
    if let json = (content["application/json"] as? Object)?["example"] {
      return "curl -H 'Content-Type: application/json' -d '\(text(json))' \(quoted)"
    }
    if content["multipart/form-data"] != nil { return "curl -F image=@face.jpg \(quoted)" }
    return "curl " + (method == "GET" ? "" : "-X \(method) ") + quoted
  }

  /// What a reference leads to; everything else as it is.
  private func resolved(_ object: Object) -> Object {
    guard let path = object["$ref"] as? String else { return object }
    var place = root
    for name in path.split(separator: "/").dropFirst() {
      place = place[String(name)] as? Object ?? [:]
    }
    return place
  }

  private func text(_ value: Any?) -> String {
    switch value {
    case nil: ""
    case let text as String: text
    case let value?:
      (try? JSONSerialization.data(
        withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]))
        .map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }
}
