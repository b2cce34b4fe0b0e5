import Hummingbird

/// A browser that is remembered, by a random name that says nothing about anybody.
///
/// The name travels in a cookie that scripts cannot read and that other sites' pages do not send.
/// Forms carry a second random value that must equal the cookie's own second half (double submit).
struct Listener: Sendable, Equatable {
  /// The cookie's name.
  static let cookie = "mood_listener"

  /// What the listener's history is kept under, 32 hexadecimal digits.
  let id: String
  /// What the page's own forms carry, 32 hexadecimal digits.
  let formToken: String

  /// Makes up a new listener.
  init() {
    var generator = SystemRandomNumberGenerator()
    func digits() -> String {
      (0..<4).map { _ in
        let word = String(UInt32.random(in: 0 ... .max, using: &generator), radix: 16)
        return String(repeating: "0", count: 8 - word.count) + word
      }.joined()
    }
    (id, formToken) = (digits(), digits())
  }

  /// Reads a cookie's value; `nil` if it is none of ours.
  init?(cookie: String) {
    let halves = cookie.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2,
      halves.allSatisfy({ half in
        half.utf8.count == 32
          && half.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
      })
    else { return nil }
    (id, formToken) = (String(halves[0]), String(halves[1]))
  }

  /// The `Set-Cookie` header's value, good for a year; sent over TLS only if `isSecure`.
  func setCookie(isSecure: Bool) -> String {
    "\(Self.cookie)=\(id).\(formToken); Max-Age=31536000; Path=/; HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "")
  }

  /// The `Set-Cookie` header's value that ends the cookie.
  static var clearCookie: String { "\(cookie)=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict" }

  /// Whether `token` is this listener's; the time taken does not tell where it differs.
  func accepts(_ token: String?) -> Bool { isSame(token ?? "", formToken) }
}

/// Compares two secrets in a time that depends on their lengths alone.
func isSame(_ left: String, _ right: String) -> Bool {
  let (left, right) = (Array(left.utf8), Array(right.utf8))
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
