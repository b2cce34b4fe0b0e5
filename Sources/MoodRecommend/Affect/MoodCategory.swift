/// The feeling that a song carries: one of the four that a catalogue's `mood` column knows.
///
/// A raw value is the category's spelling in the CSV file. A ``Mood`` is what a face shows; which
/// category answers it is a policy's choice, see ``ClassicPolicy``.
public enum MoodCategory: String, Sendable, CaseIterable, Codable {
  /// Cheerful songs.
  case happy = "Happy"
  /// Quiet and slow songs.
  case calm = "Calm"
  /// Loud and fast songs.
  case energetic = "Energetic"
  /// Sorrowful songs.
  case sad = "Sad"
}
