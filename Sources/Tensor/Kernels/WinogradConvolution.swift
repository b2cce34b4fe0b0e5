import KernelTypes
private import COpenBLAS

/// A 3×3 convolution of stride 1 by Winograd's F(m×m, 3×3): (m+2)²/9m² of the multiplications.
///
/// Lavin & Gray 2016, <https://arxiv.org/abs/1509.09308>. Tiles of (m+2)×(m+2) input pixels become
/// (m+2)² frequencies; per frequency one product with the transformed weights; back to m×m
/// outputs. Either a thread does all of that for a block of tiles that stays in its cache, or the
/// threads share out the frequencies, so that each weight is read once.
final class WinogradConvolution: Step {
  private let setup: ConvolutionSetup
  private let tile, frequencies: Int
  private let tilesDown, tilesAcross: Int
  private let usesBLAS: Bool
  private let splits: Bool
  /// Most tiles of one block, and offsets of as many rows of V and M.
  private let blockTiles: Int
  private let pixels: [PixelOffsets]

  init(_ setup: ConvolutionSetup, usesBLAS: Bool) {
    self.setup = setup
    self.usesBLAS = usesBLAS
    let shape = setup.layer.shape
    tile = setup.layer.algorithm.tile
    frequencies = (tile + 2) * (tile + 2)
    tilesDown = (shape.height + tile - 1) / tile
    tilesAcross = (shape.width + tile - 1) / tile
    splits = setup.layer.algorithm.splitsFrequencies
    let all = setup.images * tilesDown * tilesAcross
    // V and M of a block lie in the second-level cache: 0.5 MB of Zen3, 1 of Zen4, 2 of Intel's.
    // There 1 MB for 0.7 takes the third stack's layers from 0.275 to 0.243 ms an image.
    let hasLargeCache = setup.kernels.tileRows > 6
    let blockBytes = !hasLargeCache ? 350_000 : Processor.isIntel ? 1_000_000 : 700_000
    let fitting = max(
      setup.kernels.tileRows, blockBytes / (frequencies * 4 * (shape.input + setup.columns)))
    // Blocks come in multiples of four, so that two or four threads get the same share.
    let blocks = min(all, (all + 4 * fitting - 1) / (4 * fitting) * 4)
    blockTiles = splits ? all : (all + blocks - 1) / blocks
    pixels = (0..<blockTiles).map {
      [input = shape.input, columns = setup.columns] in
      PixelOffsets(input: $0 * input, output: $0 * columns)
    }
  }

  private func tileCount(_ images: Int) -> Int { images * tilesDown * tilesAcross }
  /// Elements from one frequency to the next; not a multiple of a page, so that sets differ.
  private var inputStride: Int { blockTiles * setup.layer.shape.input + 16 }
  private var outputStride: Int { blockTiles * setup.columns + 16 }
  private var transformScratch: Int { frequencies * 16 }

  var scratchCount: Int {
    transformScratch + (splits ? 0 : frequencies * (inputStride + outputStride))
  }
  var sharedCount: Int { splits ? frequencies * (inputStride + outputStride) : 0 }
  var phases: Int { splits ? 3 : 1 }

  func chunks(phase: Int, images: Int) -> Int {
    let tiles = tileCount(images)
    if !splits { return (tiles + blockTiles - 1) / blockTiles }
    return phase == 1 ? frequencies : min(tiles, 16)
  }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if phase == 0, chunk == 0 { setup.clearHalos(context) }
    let tiles = tileCount(context.images)
    let parts = chunks(phase: phase, images: context.images)
    // SAFETY: V and M lie in scratch or shared memory of the counts above; tiles beyond the map
    // read the halo, which the plan made wide enough, and write nothing.
    let temporary = unsafe context.scratch
    let v = unsafe splits ? context.shared : context.scratch + transformScratch
    let m = unsafe v + frequencies * inputStride
    if splits {
      switch phase {
      case 0:
        for t in part(chunk, of: parts, tiles) {
          unsafe transformInput(t, v + t * setup.layer.shape.input, temporary, context)
        }
      case 1: unsafe multiply(chunk, tiles, v, m)
      default:
        for t in part(chunk, of: parts, tiles) {
          unsafe transformOutput(t, m + t * setup.columns, temporary, context)
        }
      }
      return
    }
    let mine = part(chunk, of: parts, tiles)
    for t in mine {
      unsafe transformInput(
        t, v + (t - mine.lowerBound) * setup.layer.shape.input, temporary, context)
    }
    for f in 0..<frequencies { unsafe multiply(f, mine.count, v, m) }
    for t in mine {
      unsafe transformOutput(t, m + (t - mine.lowerBound) * setup.columns, temporary, context)
    }
  }

  private func place(_ t: Int) -> (image: Int, y: Int, x: Int) {
    let (image, inside) = t.quotientAndRemainder(dividingBy: tilesDown * tilesAcross)
    let (row, column) = inside.quotientAndRemainder(dividingBy: tilesAcross)
    return (image, row * tile, column * tile)
  }

  private func transformInput(
    _ t: Int, _ v: UnsafeMutablePointer<Float>, _ temporary: UnsafeMutablePointer<Float>,
    _ context: RunContext
  ) {
    let (image, y, x) = place(t)
    let input = setup.input
    let from =
      unsafe context.origin(input, groupSize: setup.images) + image * input.imageStride
      + input.pixel(y - setup.padding.top, x - setup.padding.left)
    let channels = setup.layer.shape.input
    unsafe setup.kernels.winogradInput(
      tile, from, input.rowStride, input.pixelStride, v, inputStride, channels, temporary)
  }

  private func transformOutput(
    _ t: Int, _ m: UnsafeMutablePointer<Float>, _ temporary: UnsafeMutablePointer<Float>,
    _ context: RunContext
  ) {
    guard let output = setup.output else { return }
    let (image, y, x) = place(t)
    let to =
      unsafe context.origin(output, groupSize: setup.images) + image * output.imageStride
      + output.pixel(y, x)
    let (rows, columns) = (
      min(tile, setup.layer.shape.height - y), min(tile, setup.layer.shape.width - x)
    )
    let rectifies = setup.layer.rectifies
    unsafe setup.kernels.winogradOutput(
      tile, m, outputStride, to, output.rowStride, output.pixelStride, setup.columns,
      setup.weights.bias, rectifies, rows, columns, temporary)
  }

  /// M[f] = V[f] · U[f] for `rows` tiles.
  private func multiply(
    _ f: Int, _ rows: Int, _ v: UnsafeMutablePointer<Float>, _ m: UnsafeMutablePointer<Float>
  ) {
    let (depth, columns) = (setup.layer.shape.input, setup.columns)
    let a = unsafe v + f * inputStride
    let c = unsafe m + f * outputStride
    let u = unsafe setup.weights.weights + f * depth * columns
    if usesBLAS {
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(depth), 1,
        a, Int32(depth), u, Int32(columns), 0, c, Int32(columns))
      return
    }
    let width = setup.kernels.panelWidth
    let most = setup.kernels.tileRows
    let tiles = (rows + most - 1) / most
    let (smaller, larger) = rows.quotientAndRemainder(dividingBy: tiles)
    unsafe pixels.withUnsafeBufferPointer { pixels in
      guard let pixels = pixels.baseAddress else { return }
      var zero = 0
      unsafe withUnsafeMutablePointer(to: &zero) { segments in
        var arguments = unsafe TileArguments(
          x: a, y: c, segments: segments, segmentCount: 1, segmentLength: depth,
          bias: setup.weights.bias)
        for panel in 0..<(columns / width) {
          let w = unsafe u + panel * depth * width
          for t in 0..<tiles {
            let start = t * smaller + min(t, larger)
            let count = t < larger ? smaller + 1 : smaller
            // The first panel's tiles fetch V for the next one, the others the next panel.
            let fetchesTiles = panel == 0 && t + 1 < tiles
            let share = panel == 0 ? 1 : min(tiles, 4)
            let turn = panel == 0 ? 0 : t
            let next =
              unsafe fetchesTiles
              ? a + (start + count) * depth
              : w + depth * width + turn * (depth * width / share / 16 * 16)
            unsafe setup.kernels.convolutionTile(
              &arguments, pixels + start, count, w, panel * width,
              fetchesTiles || turn < share ? next : nil,
              setup.kernels.fetchShare(
                fetchesTiles ? count : width, tiles: fetchesTiles ? 1 : share))
          }
        }
      }
    }
  }
}
