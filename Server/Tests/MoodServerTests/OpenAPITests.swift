import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MoodServer

@Suite(.serialized) struct OpenAPITests {
  struct Document: Decodable {
    struct Operation: Decodable {
      struct Answer: Decodable {}
      var responses: [String: Answer]
    }
    var openapi: String
    var paths: [String: [String: Operation]]
  }

  private func document() throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(PackageResources.openapi_json))
  }

  @Test func namesEveryRouteAndNoOther() throws {
    let paths = try document().paths
    let told = Set(paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" } })
    let known = Set(
      Routes.table.filter { !$0.path.hasPrefix("/static") }.flatMap { route in
        route.methods.filter { $0 != "HEAD" }.map { "\($0.lowercased()) \(route.path)" }
      })
    #expect(told == known)
  }

  /// Requests without a body: the answer's status is one that the document names.
  @Test func answersAsToldToEmptyRequests() async throws {
    let paths = try document().paths
    try await serve { client in
      for (path, operations) in paths {
        for (method, operation) in operations {
          let method = try #require(HTTPRequest.Method(method.uppercased()))
          let answer = try await client.execute(uri: path, method: method)
          #expect(
            operation.responses["\(answer.status.code)"] != nil,
            "\(method) \(path) answers \(answer.status)")
        }
      }
    }
  }
}
