/// How pleasant the words of a song are, by a list of words that are plainly one or the other.
///
/// A lexicon counts and does not read: irony and "not happy" pass it by, so lyrics count less than
/// half of what the sound does. The words and their values are this package's own choice, after the
/// idea of Bradley & Lang 1999, "Affective norms for English words (ANEW)".
enum LyricLexicon {
  private static let pleasant = """
    alive angel baby beautiful beauty best bless blessed bliss bloom bright celebrate cheer cherish \
    dance dancing darling dear delight dream dreams easy enjoy excited fine flower flowers forever \
    free freedom friend friends fun funny gentle glad glory glow gold golden good grace great groove \
    happiness happy heaven holiday home honey hope hug joy kiss kisses laugh laughing laughter light \
    lovely love loved lover loving lucky magic miracle paradise party peace perfect play pretty \
    promise proud rainbow rise romance safe shine shining sing singing smile smiles smiling soft \
    spring star stars strong summer sun sunny sunshine sweet tender thank thanks together treasure \
    trust warm welcome win winner wonderful yes young
    """
  private static let unpleasant = """
    abuse afraid agony alone anger angry apart ashamed bad bitter bleed bleeding blood broke broken \
    burn bury cold cried cruel cry crying damn danger dark darkness dead death deny despair devil \
    die died dirty doom doubt drown dust empty end enemy evil fade fail fake fall falling fear fight \
    forget forgotten ghost gone goodbye grave grief guilt guilty gun hate hell hide hopeless hungry \
    hurt hurting ill jealous kill killing liar lie lies lonely lonesome lose losing lost mad mean \
    miserable misery miss mistake mourn murder never nightmare nobody pain pity poison poor prison \
    rage regret ruin sad sadness scar scars scared scream shadow shame sick sin sorrow sorry steal \
    storm suffer tear tears terror tired torn trouble ugly war waste weak weary weep wicked worried \
    worry worse worst wound wrong
    """
  private static let values: [Substring: Float] = {
    let good = pleasant.split(separator: " ").map { ($0, Float(1)) }
    let bad = unpleasant.split(separator: " ").map { ($0, Float(0)) }
    return Dictionary(good + bad) { first, _ in first }
  }()

  /// The share of pleasant words among those that the list knows, drawn to ½ as if two of each had
  /// come before, 0...1; `nil` where it knows none.
  ///
  /// - Complexity: O(n) for n characters.
  static func valence(of lyrics: String) -> Float? {
    var (sum, count): (Float, Float) = (0, 0)
    for word in lyrics.lowercased().split(whereSeparator: { !$0.isLetter }) {
      guard let value = values[word] else { continue }
      sum += value
      count += 1
    }
    return count == 0 ? nil : (sum + 2) / (count + 4)
  }
}
