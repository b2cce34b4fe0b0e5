import Multipart
import Testing

@Suite struct MultipartParserTests {
  static let form =
    "preamble\r\n--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a \\\"b\\\".jpg\"\r\n"
    + "Content-Type: image/jpeg\r\n\r\nab\r\n--\r\r\n-x\r\n--x\r\n"
    + "content-disposition: form-data; name=goal\r\n\r\n\r\n--x--\r\nepilogue"

  /// Parts as name and content.
  static func parts(
    _ body: [UInt8], cuts: [Int] = [], boundary: String = "x"
  ) throws(MultipartError) -> [(name: String, data: [UInt8])] {
    var parser = try MultipartParser(contentType: "multipart/form-data; boundary=\"\(boundary)\"")
    var parts: [(name: String, data: [UInt8])] = []
    var from = 0
    for to in cuts + [body.count] {
      for event in try parser.parse(body[from..<to]) {
        switch event {
        case .began(let headers): parts.append((headers.name ?? "", []))
        case .data(let data): parts[parts.count - 1].data += data
        case .ended: break
        }
      }
      from = to
    }
    try parser.finish()
    return parts
  }

  @Test func readsFieldsAndFiles() throws {
    let parts = try Self.parts(Array(Self.form.utf8))
    #expect(parts.map(\.name) == ["image", "goal"])
    #expect(parts.map(\.data) == [Array("ab\r\n--\r\r\n-x".utf8), []])
  }

  @Test func readsFileNameAndType() throws {
    var parser = try MultipartParser(contentType: "Multipart/Form-Data; charset=utf-8; boundary=x")
    guard case .began(let headers) = try parser.parse(Array(Self.form.utf8)).first else {
      Issue.record("no part")
      return
    }
    #expect(headers.fileName == "a \"b\".jpg")
    #expect(headers.contentType == "image/jpeg")
  }

  @Test func cutsMakeNoDifference() throws {
    let body = Array(Self.form.utf8)
    for cut in 0...body.count {
      let parts = try Self.parts(body, cuts: [cut])
      #expect(parts.map(\.name) == ["image", "goal"])
      #expect(parts[0].data == Array("ab\r\n--\r\r\n-x".utf8))
    }
    #expect(try Self.parts(body, cuts: Array(0...body.count)).count == 2)
  }

  @Test func everyTruncationIsRefused() throws {
    let body = Array(Self.form.utf8)
    let end = body.count - "\r\nepilogue".utf8.count
    for length in 0..<end {
      #expect(throws: MultipartError.truncated) { _ = try Self.parts(Array(body[..<length])) }
    }
  }

  @Test(arguments: [
    ("--x\r\nnocolon\r\n\r\n\r\n--x--", MultipartError.badHeader),
    ("--x\r\n: empty\r\n\r\n\r\n--x--", .badHeader),
    ("--xy\r\n\r\n\r\n--x--", .badBoundaryLine),
    ("--x\r\n" + String(repeating: "a", count: 9000), .headersTooLarge(limit: 8192)),
    (
      String(repeating: "--x\r\na: b\r\n\r\n\r\n", count: 33) + "--x--", .tooManyParts(limit: 32)
    ),
  ])
  func refusesMalformedForms(_ body: String, _ error: MultipartError) {
    #expect(throws: error) { _ = try Self.parts(Array(body.utf8)) }
  }

  @Test(arguments: [
    "", "image/jpeg", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\u{e9}", "multipart/mixed; boundary=x",
    "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
  ])
  func refusesContentTypes(_ type: String) {
    #expect(throws: MultipartError.noBoundary) { _ = try MultipartParser(contentType: type) }
  }

  /// Random bodies made of the format's own pieces, cut at random: never a trap, and always the
  /// same answer as in one piece.
  @Test func randomBodiesAnswerAlikeHoweverTheyAreCut() {
    let pieces = [
      "\r\n", "--", "--x", "\r\n--x", "\r\n--x--", "\r\n\r\n", "a: b", "\r", "\n", "-", "x", "\0",
      "content-disposition: form-data; name=\"", "\"", ";", "\u{e9}", " ",
    ].map { Array($0.utf8) }
    var state: UInt64 = 20_261_125
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    func answer(_ body: [UInt8], _ cuts: [Int]) -> String {
      do { return "\(try Self.parts(body, cuts: cuts))" } catch { return "\(error)" }
    }
    for _ in 0..<5000 {
      var body = Array("--x\r\n".utf8)
      for _ in 0..<random(24) { body += pieces[random(pieces.count)] }
      let cuts = (0..<random(6)).map { _ in random(body.count + 1) }.sorted()
      #expect(answer(body, []) == answer(body, cuts))
    }
  }
}
