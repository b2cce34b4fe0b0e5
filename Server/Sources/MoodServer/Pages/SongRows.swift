import Foundation
import MoodRecommend

extension Pages {
  /// The songs' rows.
  func songs(_ answer: Answer, _ texts: Texts) -> [[String: Any]] {
    answer.songs.enumerated().map { place, song in
      let (title, isJourney) = (song.song.name, answer.journey != nil)
      let named = ["song": title]
      var values: [String: Any] = [
        "id": song.song.id, "code": song.code.description, "title": title,
        "artist": song.song.artist, "link": song.song.link, "moodID": answer.mood.mood.rawValue,
        "number": isJourney ? "\(place + 1). " : "",
        "tile": Landscape(song.song, at: song.place).tile("t\(place)"),
        "playLabel": texts("play", named), "openLabel": texts("open", named),
        "isLiked": "\(song.isLiked)", "likeAction": song.isLiked ? "undo" : "like",
        "likeLabel": texts(song.isLiked ? "liked" : "like", named),
        "back": answer.address.description,
        "goneAction": isJourney ? "skip" : "dislike",
        "goneLabel": texts(isJourney ? "skipSong" : "notThis", named),
        "goneIcon": isJourney ? "i-skip" : "i-x",
        "goneBack":
          (isJourney
          ? answer.address.skipping(place: place) : answer.address.without(place: place))
          .description,
      ]
      values["spotifyID"] = song.song.spotifyID
      if let start = song.start {
        values["time"] = texts("minute", ["number": "\(Int((start / 60).rounded()))"])
      }
      if let reason = song.ranked.flatMap({ reason($0, texts) }) { values["reason"] = reason }
      return values
    }
  }

  /// One true reason in few words: the weightiest that spoke for the song.
  private func reason(_ ranked: RankedSong, _ texts: Texts) -> String? {
    let told = ranked.reasons.filter {
      $0.contribution > 0 && $0.kind != .rest && $0.kind != .exploration
    }
    guard let first = told.max(by: { $0.contribution < $1.contribution }) else { return nil }
    // What it is for stands above all songs already.
    guard case .mood(let answer) = first.fact, answer.fits else {
      return first.sentence(in: texts.language)
    }
    var words = answer.category.map { [texts("category_" + $0.rawValue.lowercased())] } ?? []
    for trait in answer.traits {
      let word = texts("trait_\(trait.feature)_\(trait.isHigh ? "high" : "low")")
      if !words.contains(word) { words.append(word) }
    }
    return words.isEmpty ? first.sentence(in: texts.language) : words.joined(separator: ", ")
  }

  /// What stands below the songs.
  func foot(_ answer: Answer, _ texts: Texts) -> [String: Any] {
    let (address, isJourney) = (answer.address, answer.journey != nil)
    var values: [String: Any] = [
      "hasSongs": !answer.songs.isEmpty,
      "formats": ["m3u8", "xspf", "csv", "uris"].map {
        ["name": texts("format_" + $0), "href": "/playlist?format=\($0)&" + address.query]
      },
      "othersHref": address.withOthers().description,
      "othersName": texts(isJourney ? "anotherWay" : "others"),
    ]
    values["cardHref"] = "/card?" + address.query
    return values
  }

  /// What the journal keeps of an answer, as JSON.
  func entry(_ answer: Answer) -> String {
    struct Entry: Encodable {
      let mood: String
      let valence, arousal: Float
      let song, artist, link: String?
    }
    let (point, first) = (answer.mood.point, answer.songs.first?.song)
    return String(
      decoding: encoded(
        Entry(
          mood: answer.mood.mood.rawValue, valence: point.valence, arousal: point.arousal,
          song: first?.name, artist: first?.artist, link: first?.link)), as: UTF8.self)
  }
}
