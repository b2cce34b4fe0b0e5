public import MoodRecommend

/// A picture to keep or share: the mood's word in its light, a curve through the songs, and the songs.
///
/// ```swift
/// let card = MoodCard(mood: .happy, songs: answer.songs.map { .init($0.song) })
/// try Data(card.svg(.card).utf8).write(to: url)
/// ```
/// ``svg(_:photo:)`` draws it as SVG 1.1 without anything from elsewhere; a browser makes a PNG of that.
public struct MoodCard: Sendable, Equatable {
  /// How a card is cut.
  public enum Shape: String, Sendable, CaseIterable {
    /// 1200 × 1500 pixels.
    case card
    /// 1200 × 630 pixels, as link previews have it.
    case wide
    /// 1080 × 1920 pixels, as phones have it.
    case story

    /// Its size in pixels.
    public var size: (width: Int, height: Int) {
      switch self {
      case .card: (1200, 1500)
      case .wide: (1200, 630)
      case .story: (1080, 1920)
      }
    }
  }

  /// Where the mood comes from.
  public enum Origin: String, Sendable, CaseIterable {
    /// A face was read.
    case face
    /// Words were read.
    case words
    /// Somebody said it.
    case said
  }

  /// What stands in the place of the sun.
  public enum Photo: Sendable, Equatable {
    /// The sun.
    case none
    /// An empty rectangle with the id `photo`, for who draws a photo there.
    case place
    /// A JPEG or PNG file, as `data:` address.
    case data(String)
  }

  /// A song on the card.
  public struct Line: Sendable, Equatable {
    /// What it is called, and who performs it.
    public var title, artist: String
    /// The language that is sung, ISO 639; fonts look at it.
    public var language: String?
    /// Where it lies in the plane of moods, for the curve; `nil` where that is not known.
    public var place: MoodPoint?

    /// Creates a line.
    public init(title: String, artist: String, language: String? = nil, place: MoodPoint? = nil) {
      (self.title, self.artist) = (title, artist)
      (self.language, self.place) = (language, place)
    }

    /// The line of a song.
    public init(_ song: Song, place: MoodPoint? = nil) {
      self.init(
        title: song.name, artist: song.artist,
        language: song.language == "zxx" ? nil : song.language,
        place: place)
    }
  }

  /// The mood.
  public var mood: Mood
  /// Where it comes from.
  public var origin: Origin
  /// The songs, in order.
  public var songs: [Line]
  /// A line over the word, such as a date or a journey's goal; empty for none.
  public var heading: String
  /// The language of the card's own words.
  public var language: AnswerLanguage

  /// Creates a card.
  public init(
    mood: Mood, origin: Origin = .face, songs: [Line], heading: String = "",
    language: AnswerLanguage = .english
  ) {
    (self.mood, self.origin, self.songs) = (mood, origin, songs)
    (self.heading, self.language) = (heading, language)
  }
}
