import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MoodRecommend
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
    let songs = RecommenderSongs(Recommender(catalogue: Catalogue.standard))
    let routes = Routes(
      options: ServerOptions(), songs: songs, answers: AnswerMaker(songs),
      queue: InferenceQueue(service: FakeMoods(), options: .init(), metrics: ServerMetrics()),
      metrics: ServerMetrics(), pages: Pages(choices: songs.choices), departed: DepartedClients(),
      state: ServerState())
    let told = Set(paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" } })
    let known = Set(
      routes.all.filter { !$0.path.hasPrefix("/static") }.map {
        "\($0.method.rawValue.lowercased()) \($0.path)"
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

  /// The answers are those of docs/answer.schema.json, which the command line's lines keep to as well.
  @Test func answersAreThoseOfTheSchema() throws {
    func object(_ data: Data) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../docs/answer.schema.json")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing("#/$defs/", with: "#/components/schemas/")
    let shared = try #require(try object(Data(text.utf8))["$defs"] as? NSDictionary)
    let components = try #require(
      try object(Data(PackageResources.openapi_json))["components"] as? [String: Any])
    let schemas = try #require(components["schemas"] as? NSDictionary)
    for name in [
      "Mood", "Probabilities", "Box", "Crop", "Face", "Reading", "Song", "Recommendation",
    ] {
      #expect(schemas[name] as? NSDictionary == shared[name] as? NSDictionary, "\(name)")
    }
  }
}
