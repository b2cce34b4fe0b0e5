import KernelTypes
private import KernelsPortable

/// A 3×3 convolution of stride 1 by Winograd's F(m×m, 3×3): (m+2)²/9m² of the multiplications.
///
/// Lavin & Gray 2016, <https://arxiv.org/abs/1509.09308>. Tiles of (m+2)×(m+2) input pixels become
/// (m+2)² frequencies; per frequency one product with the transformed weights; back to m×m
/// outputs. At the edges of a map tiles are smaller (`WinogradTiles`). Either a thread does all of
/// that for a block of tiles that stays in its cache, or the threads share out the frequencies, so
/// that each weight is read once.
final class WinogradConvolution: Step {
  private let setup: ConvolutionSetup
  private let size, frequencies: Int
  private let tiles: WinogradTiles
  private let usesBLAS: Bool
  private let splits: Bool
  /// Most tiles of one block, and offsets of as many rows of V and M.
  private let blockTiles: Int
  private let pixels: [PixelOffsets]

  init(_ setup: ConvolutionSetup, usesBLAS: Bool) {
    self.setup = setup
    self.usesBLAS = usesBLAS
    let shape = setup.layer.shape
    size = setup.layer.algorithm.tile
    frequencies = (size + 2) * (size + 2)
    tiles = WinogradTiles(size: size, height: shape.height, width: shape.width)
    splits = setup.layer.algorithm.splitsFrequencies
    let all = tiles.count(setup.images)
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

  /// Elements from one frequency to the next; not a multiple of a page, so that sets differ.
  private var inputStride: Int { blockTiles * setup.layer.shape.input + 16 }
  private var outputStride: Int { blockTiles * setup.columns + 16 }
  private var transformScratch: Int { winogradScratch() * 16 }

  var scratchCount: Int {
    transformScratch + (splits ? 0 : frequencies * (inputStride + outputStride))
  }
  var sharedCount: Int { splits ? frequencies * (inputStride + outputStride) : 0 }
  var phases: Int { splits ? 3 : 1 }

  func chunks(phase: Int, images: Int) -> Int {
    let count = tiles.count(images)
    if !splits { return (count + blockTiles - 1) / blockTiles }
    return phase == 1 ? frequencies : min(count, 16)
  }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if phase == 0, chunk == 0 { setup.clearHalos(context) }
    let count = tiles.count(context.images)
    let parts = chunks(phase: phase, images: context.images)
    let mine = splits && phase == 1 ? 0..<count : part(chunk, of: parts, count)
    let first = splits ? 0 : mine.lowerBound
    // SAFETY: V and M lie in scratch or shared memory of the counts above, for the tiles from
    // `first` on.
    let temporary = unsafe context.scratch
    let v = unsafe splits ? context.shared : context.scratch + transformScratch
    let m = unsafe v + frequencies * inputStride
    if phase == 0 {
      for t in mine {
        unsafe transformInput(
          t, v + (t - first) * setup.layer.shape.input, temporary, context)
      }
    }
    if !splits || phase == 1 {
      for f in splits ? chunk..<(chunk + 1) : 0..<frequencies {
        let rows = tiles.tiles(with: f, context.images).clamped(to: mine)
        unsafe multiply(f, (rows.lowerBound - first)..<(rows.upperBound - first), v, m)
      }
    }
    if !splits || phase == 2 {
      for t in mine {
        unsafe transformOutput(t, m + (t - first) * setup.columns, temporary, context)
      }
    }
  }

  private func transformInput(
    _ t: Int, _ v: UnsafeMutablePointer<Float>, _ temporary: UnsafeMutablePointer<Float>,
    _ context: RunContext
  ) {
    let tile = tiles.tile(t, context.images)
    let input = setup.input
    let from =
      unsafe context.origin(input, groupSize: setup.images) + tile.image * input.imageStride
      + input.pixel(tile.y - setup.padding.top, tile.x - setup.padding.left)
    let channels = setup.layer.shape.input
    unsafe setup.kernels.winogradInput(
      size, tile.height, tile.width, from, input.rowStride, input.pixelStride, v, inputStride,
      channels, temporary)
  }

  private func transformOutput(
    _ t: Int, _ m: UnsafeMutablePointer<Float>, _ temporary: UnsafeMutablePointer<Float>,
    _ context: RunContext
  ) {
    guard let output = setup.output else { return }
    let tile = tiles.tile(t, context.images)
    let to =
      unsafe context.origin(output, groupSize: setup.images) + tile.image * output.imageStride
      + output.pixel(tile.y, tile.x)
    unsafe setup.kernels.winogradOutput(
      size, tile.height, tile.width, m, outputStride, to, output.rowStride, output.pixelStride,
      setup.columns, setup.weights.bias, setup.layer.appliesReLU, temporary)
    unsafe setup.activate(to, output, height: tile.height, width: tile.width)
  }

  /// M[f] = V[f] · U[f] for some tiles of the block.
  private func multiply(
    _ f: Int, _ range: Range<Int>, _ v: UnsafeMutablePointer<Float>,
    _ m: UnsafeMutablePointer<Float>
  ) {
    let rows = range.count
    if rows == 0 { return }
    let (depth, columns) = (setup.layer.shape.input, setup.columns)
    let a = unsafe v + f * inputStride + range.lowerBound * depth
    let c = unsafe m + f * outputStride + range.lowerBound * columns
    let u = unsafe setup.weights.weights + f * depth * columns
    if usesBLAS {
      unsafe OpenBLAS.multiply(
        rows: rows, columns: columns, depth: depth, a, lda: depth, u, ldb: columns, into: c,
        ldc: columns)
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
