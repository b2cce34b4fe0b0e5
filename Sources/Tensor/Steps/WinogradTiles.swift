/// How Winograd's tiles cover the maps of several images: whole ones of m×m outputs, and smaller
/// ones at the lower and the right edge.
///
/// An edge's tile of e outputs has e + 2 frequencies a side of a whole one's m + 2: the first e + 1
/// and the last. 14×14 outputs are 400 products with m = 5 (5 + 5 + 4 a side), where whole tiles
/// would take 441, and 7×7 are 121 with m = 4 for 144.
///
/// The tiles of all images are in this order: those at the right edge, whole ones, those at the
/// lower edge, those in the corner. So the tiles that have some frequency always follow one another.
struct WinogradTiles: Sendable {
  /// One tile: its first output pixel, and its outputs.
  struct Tile {
    var image, y, x: Int
    var height, width: Int
  }

  private let size: Int
  /// Whole tiles, and what is left for the edge's, 0 … m - 1 outputs.
  private let down, across: (whole: Int, rest: Int)

  init(size: Int, height: Int, width: Int) {
    self.size = size
    down = (height / size, height % size)
    across = (width / size, width % size)
  }

  /// Where the tiles of each kind end.
  private func ends(_ images: Int) -> (right: Int, whole: Int, lower: Int, corner: Int) {
    let (hasLower, hasRight) = (down.rest > 0 ? 1 : 0, across.rest > 0 ? 1 : 0)
    let right = images * down.whole * hasRight
    let whole = right + images * down.whole * across.whole
    let lower = whole + images * hasLower * across.whole
    return (right, whole, lower, lower + images * hasLower * hasRight)
  }

  func count(_ images: Int) -> Int { ends(images).corner }

  /// Tile `t` of those of `images` images.
  func tile(_ t: Int, _ images: Int) -> Tile {
    let ends = ends(images)
    let isLower = t >= ends.whole
    let isRight = t < ends.right || t >= ends.lower
    let first = isLower ? (isRight ? ends.lower : ends.whole) : (isRight ? 0 : ends.right)
    let (rows, columns) = (isLower ? 1 : down.whole, isRight ? 1 : across.whole)
    let (image, inside) = (t - first).quotientAndRemainder(dividingBy: rows * columns)
    let (row, column) = inside.quotientAndRemainder(dividingBy: columns)
    return Tile(
      image: image, y: (isLower ? down.whole : row) * size,
      x: (isRight ? across.whole : column) * size, height: isLower ? down.rest : size,
      width: isRight ? across.rest : size)
  }

  /// The tiles that have frequency `f`.
  func tiles(with f: Int, _ images: Int) -> Range<Int> {
    let ends = ends(images)
    let (i, j) = f.quotientAndRemainder(dividingBy: size + 2)
    func edgeLacks(_ i: Int, _ rest: Int) -> Bool { rest > 0 && i > rest && i <= size }
    let (lacksLower, lacksRight) = (edgeLacks(i, down.rest), edgeLacks(j, across.rest))
    return
      (lacksRight ? ends.right : 0)..<(lacksLower
      ? ends.whole : lacksRight ? ends.lower : ends.corner)
  }

  /// Multiplications for each pair of channels, one image.
  var products: Int {
    func side(_ a: (whole: Int, rest: Int)) -> Int {
      a.whole * (size + 2) + (a.rest > 0 ? a.rest + 2 : 0)
    }
    return side(down) * side(across)
  }
}
