import ImageDecoding
import MoodRecommend
import MoodVision
import Multipart

extension ServerError {
  /// One failure of each kind, as the API's page lists them.
  static let examples: [ServerError] = [
    .photo(.noFace),
    .photo(.regionOutside(PixelRect(x: 9, y: 9, width: 9, height: 9), width: 5, height: 5)),
    .photo(.image(.notAnImage)), .photo(.image(.unsupported(kind: "GIF"))),
    .photo(.image(.truncated(bytes: 1000))), .photo(.image(.corrupt(reason: "no such marker"))),
    .photo(.image(.sideTooLarge(width: 20_000, height: 9))), .photo(.image(.tooManyScans)),
    .photo(.image(.tooManyBytes(bytes: 30_000_000))), .photo(.image(.empty)),
    .form(.truncated), .noImage, .noMood,
    .badValue(name: "count", expected: "a number from 1 to 50"), .badJSON(reason: "not JSON"),
    .bodyTooLarge(limit: 20 << 20), .tooSlow, .unsupportedMediaType,
    .noJourney(.tooFewSongs(found: 3, minutes: 60)), .noSpotifyIDs, .unauthorized, .forbidden,
    .noCookie, .misdirected, .notFound, .unknownSong, .methodNotAllowed, .overloaded,
    .deadlineExceeded, .clientGone, .shuttingDown, .store(.full(path: "feedback.sqlite")),
    .store(.readOnly(path: "feedback.sqlite")), .failed,
  ]
}

/// Failures in English.
enum EnglishFailures {
  static func sentence(_ error: ServerError) -> String {
    switch error {
    case .photo(.noFace):
      "No face here. Try another photo, look at all of it anyway, or pick a mood."
    case .photo(.image(.notAnImage)):
      "The file is neither a JPEG nor a PNG. Choose another photo."
    case .photo(.image(.tooManyBytes)), .bodyTooLarge:
      "The photo is too large: at most 20 MiB. A smaller copy will do."
    case .photo(let error): told("\(error)")
    case .form(let error): told("\(error)")
    case .noImage: "There is no photo here. Choose one, say how you feel, or pick a mood."
    case .noMood: "There is no mood here. Choose a photo, say how you feel, or pick a mood."
    case .badValue(let name, let expected): "\(name) must be \(expected)."
    case .badJSON(let reason): "The body is not the JSON expected: \(reason)."
    case .tooSlow: "The photo came too slowly. Try again, or send a smaller one."
    case .unsupportedMediaType: "A body of this media type is not taken here."
    case .noJourney(let error):
      told(error.sentence(in: .english)) + " Another length or another genre may do."
    case .noSpotifyIDs:
      "None of these songs has a Spotify address. Save the list as another kind of file."
    case .unauthorized: "The password is missing or wrong."
    case .forbidden:
      "This was not sent from this page itself. Reload the page, and try again there."
    case .noCookie:
      "Nothing was kept: the browser sent no cookie. Cookies are blocked for this page, or "
        + "“Forget me” was used in another tab. Reload the page to begin anew."
    case .misdirected: "This server has another name."
    case .notFound: "There is nothing here."
    case .unknownSong: "There is no such song here. The list of songs may have changed."
    case .methodNotAllowed: "This address is used in another way."
    case .overloaded: "Too many photos wait just now. Try again in a moment."
    case .deadlineExceeded: "The answer took too long. Try again in a moment."
    case .clientGone: "The connection was closed before the answer was there."
    case .shuttingDown: "The server is shutting down."
    case .store(.full): "The server’s disk is full, so nothing can be kept. The songs go on."
    case .store:
      "What you say of the songs cannot be kept just now. The songs go on; try again later."
    case .failed: "Something went wrong here. It is not your photo’s fault."
    }
  }

  private static func told(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}

/// Failures in German.
enum GermanFailures {
  static func sentence(_ error: ServerError) -> String {
    switch error {
    case .photo(.noFace):
      "Hier ist kein Gesicht. Nimm ein anderes Foto, lass das ganze Bild ansehen oder wähle eine "
        + "Stimmung."
    case .photo(.image(.notAnImage)):
      "Die Datei ist weder JPEG noch PNG. Wähle ein anderes Foto."
    case .photo(.image(.unsupported(let kind))):
      "\(kind) wird nicht gelesen. Wähle ein Foto in JPEG oder PNG."
    case .photo(.image(.tooManyBytes)), .bodyTooLarge:
      "Das Foto ist zu groß: höchstens 20 MiB. Eine kleinere Kopie genügt."
    case .photo(.image(.sideTooLarge)), .photo(.image(.tooManyPixels)):
      "Das Bild hat zu viele Pixel. Eine kleinere Kopie genügt."
    case .photo(.image(.truncated)): "Das Foto ist abgeschnitten: Die Datei ist nicht vollständig."
    case .photo(.image): "Das Foto ist beschädigt und lässt sich nicht lesen."
    case .photo(.regionOutside): "Der gewählte Ausschnitt liegt außerhalb des Fotos."
    case .photo, .failed: "Hier ist etwas schiefgegangen. An deinem Foto liegt es nicht."
    case .form: "Das Formular kam unvollständig an. Versuch es noch einmal."
    case .noImage:
      "Hier ist kein Foto. Wähle eins, sag, wie es dir geht, oder wähle eine Stimmung."
    case .noMood:
      "Hier ist keine Stimmung. Wähle ein Foto, sag, wie es dir geht, oder wähle eine Stimmung."
    case .badValue(let name, let expected):
      "Der Wert von „\(name)“ ist nicht erlaubt (expected: \(expected))."
    case .badJSON(let reason): "Der Inhalt ist nicht das erwartete JSON (\(reason))."
    case .tooSlow: "Das Foto kam zu langsam an. Versuch es noch einmal, oder mit einem kleineren."
    case .unsupportedMediaType: "Inhalte dieser Art werden hier nicht angenommen."
    case .noJourney(let error):
      error.sentence(in: .german).prefix(1).uppercased() + error.sentence(in: .german).dropFirst()
        + ". Wähle eine andere Länge oder Richtung."
    case .noSpotifyIDs:
      "Keins dieser Lieder hat eine Adresse bei Spotify. Sichere die Liste als andere Datei."
    case .unauthorized: "Das Passwort fehlt oder stimmt nicht."
    case .forbidden:
      "Das kam nicht von dieser Seite selbst. Lade die Seite neu und versuch es dort noch einmal."
    case .noCookie:
      "Nichts wurde gemerkt: Der Browser hat kein Cookie geschickt. Cookies sind für diese Seite "
        + "gesperrt, oder in einem anderen Tab wurde „Vergiss mich“ gewählt. Lade die Seite neu, um "
        + "von vorn zu beginnen."
    case .misdirected: "Dieser Server heißt anders."
    case .notFound: "Hier ist nichts."
    case .unknownSong: "Dieses Lied gibt es hier nicht. Vielleicht hat sich die Liste geändert."
    case .methodNotAllowed: "Diese Adresse wird anders benutzt."
    case .overloaded: "Gerade warten zu viele Fotos. Versuch es gleich noch einmal."
    case .deadlineExceeded: "Die Antwort hat zu lange gedauert. Versuch es gleich noch einmal."
    case .clientGone: "Die Verbindung wurde vor der Antwort geschlossen."
    case .shuttingDown: "Der Server wird gerade beendet."
    case .store(.full):
      "Die Platte des Servers ist voll: Gerade lässt sich nichts merken. Lieder gibt es weiter."
    case .store:
      "Was du zu den Liedern sagst, lässt sich gerade nicht merken. Lieder gibt es weiter; versuch "
        + "es später noch einmal."
    }
  }
}
