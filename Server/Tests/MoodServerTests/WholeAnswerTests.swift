import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import MoodServer

/// The output `answer` of the Open Inference Protocol.
struct WholeAnswerTests {
  private func element(_ text: String) -> [UInt8] {
    littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  private func ask(_ head: String, _ binary: [UInt8]) async throws -> TestResponse {
    try await serve { client in
      try await client.execute(
        uri: "/v2/models/mood/infer", method: .post,
        headers: [.inferenceHeaderLength: "\(head.utf8.count)"],
        body: ByteBuffer(bytes: Array(head.utf8) + binary))
    }
  }

  @Test func answersEachPhotoWhole() async throws {
    let names = ["a é.jpg", "b", "c"].flatMap(element)
    let files = ["face", "sky", "bad"].flatMap(element)
    let head = #"""
      {"inputs":[{"name":"id","datatype":"BYTES","shape":[3],"parameters":{"binary_data_size":\#(names.count)}},
      {"name":"image","datatype":"BYTES","shape":[3],"parameters":{"binary_data_size":\#(files.count)}}],
      "outputs":[{"name":"answer"}]}
      """#
    let response = try await ask(head, names + files)
    #expect(response.status == .ok)
    let body = try #require(
      try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
        as? [String: Any])
    let output = try #require((body["outputs"] as? [[String: Any]])?.first)
    #expect(output["shape"] as? [Int] == [3] && output["datatype"] as? String == "BYTES")
    let lines = try #require(output["data"] as? [String])
    #expect(lines[0].contains(#""id":"a é.jpg","is_sure":true,"isa":"portable","mood":"happy""#))
    // Of coreutils' sha256sum.
    #expect(
      lines[1]
        == #"{"error":{"code":"no_face","message":"no face was found"},"id":"b","ok":false,"#
        + #""sha256":"05f514fae7ca5710f9e9289a20a5c9b372af781bfc94dd23d9cb8a044122460f","v":3}"#)
    #expect(lines[2].hasPrefix(#"{"error":{"code":"not_an_image","#))
  }

  /// The other outputs have no place for a photo without a mood.
  @Test func refusesAPhotoWithoutAMoodWhereMoodsAreAskedForToo() async throws {
    let files = ["face", "sky"].flatMap(element)
    let head = #"""
      {"inputs":[{"name":"image","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":\#(files.count)}}],
      "outputs":[{"name":"answer"},{"name":"mood"}]}
      """#
    #expect(try await ask(head, files).status == .unprocessableContent)
  }

  @Test(arguments: [
    #"{"inputs":[{"name":"id","datatype":"BYTES","shape":[1],"data":["a"]}]}"#,
    #"{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AA=="]},{"name":"image","datatype":"BYTES","shape":[1],"data":["AA=="]}]}"#,
    #"{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AA=="]},{"name":"id","datatype":"BYTES","shape":[2],"data":["a","b"]}]}"#,
    #"{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":5}}]}"#,
    #"{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":-1}}]}"#,
    #"{"inputs":[{"name":"image","datatype":"BYTES","shape":[1],"data":["AA=="]}],"outputs":[{"name":"songs"}]}"#,
  ])
  func refusesInputsThatDoNotFit(_ head: String) async throws {
    #expect(try await ask(head, []).status == .badRequest)
  }
}
