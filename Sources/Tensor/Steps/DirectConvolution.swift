import KernelTypes

/// A convolution by register tiles over the input in place.
final class DirectConvolution: Step {
  private let setup: ConvolutionSetup
  private let panels, threads: Int
  private let splitsPanels, isTileMajor: Bool
  private let tilesPerBlock: Int
  /// How far ahead of their use the weights of a dense layer are fetched, in floats.
  private static let streamDistance = 4096

  init(_ setup: ConvolutionSetup, threads: Int) {
    self.setup = setup
    self.threads = threads
    panels = setup.panels
    let weightBytes = setup.depth * setup.columns * 4
    // Threads share out what is larger, so that each reads the smaller part whole. Weights count
    // half: nobody writes them, while a pixel that another core wrote last must come from there.
    let input = setup.input
    splitsPanels =
      weightBytes > 2 * setup.images * input.height * input.width * input.channels * 4
    // All panels of a tile in turn keeps the tile's residual and output lines close together;
    // it needs weights that stay in the second-level cache.
    let hasLargeTiles = setup.kernels.tileRows > 6
    isTileMajor =
      !splitsPanels
      && (weightBytes <= (hasLargeTiles ? 600_000 : 300_000) || setup.residual != nil)
    tilesPerBlock = max(
      4,
      (hasLargeTiles ? 400_000 : 200_000) / (setup.kernels.tileRows * setup.layer.shape.input * 4))
  }

  private func tiles(rows: Int) -> Int {
    (rows + setup.kernels.tileRows - 1) / setup.kernels.tileRows
  }

  func chunks(phase: Int, images: Int) -> Int {
    if splitsPanels { return min(panels, max(16, 2 * threads)) }
    let rows = setup.rows(images: images)
    // Weights beyond the second-level cache are read anew for each chunk.
    return min(tiles(rows: rows), max(isTileMajor ? 8 : 2, 2 * threads, rows / 1500))
  }

  func run(phase: Int, chunk: Int, _ context: RunContext) {
    if chunk == 0 { setup.clearHalos(context) }
    let rows = setup.rows(images: context.images)
    let tiles = tiles(rows: rows)
    let parts = chunks(phase: phase, images: context.images)
    // SAFETY: the tables were made for these buffers; rows and panels stay within both.
    unsafe setup.segments.withUnsafeBufferPointer { segments in
      unsafe setup.pixels.withUnsafeBufferPointer { pixels in
        guard let segments = segments.baseAddress, let pixels = pixels.baseAddress else { return }
        var arguments = unsafe setup.arguments(context, segments: segments)
        let width = setup.kernels.panelWidth
        let panelCount = setup.depth * width
        let weights = unsafe setup.weights.weights
        let (smaller, larger) = rows.quotientAndRemainder(dividingBy: tiles)
        func firstPixel(_ t: Int) -> Int { t * smaller + min(t, larger) }
        /// - `next`, `share`: What to fetch meanwhile, and how much of it at a time.
        func tile(
          _ arguments: inout TileArguments, _ t: Int, _ panel: Int, _ next: UnsafePointer<Float>?,
          _ share: Int
        ) {
          unsafe setup.kernels.convolutionTile(
            &arguments, pixels + firstPixel(t), t < larger ? smaller + 1 : smaller,
            weights + panel * panelCount, panel * width, next, share)
        }
        let mine = splitsPanels ? 0..<tiles : part(chunk, of: parts, tiles)
        let myPanels = splitsPanels ? part(chunk, of: parts, panels) : 0..<panels
        if tiles == 1 {
          // Each weight is used once: memory sets the pace, and asked in time it gives more.
          for panel in myPanels {
            let ahead = unsafe weights + panel * panelCount + Self.streamDistance
            unsafe tile(&arguments, 0, panel, ahead, setup.kernels.fetchShare(width))
          }
          return
        }
        if isTileMajor {
          for t in mine {
            for panel in myPanels {
              // The first panel of a tile fetches the next tile's pixels.
              let fetches = panel == 0 && setup.isPointwise && t + 1 < tiles
              let next = unsafe fetches ? arguments.x + Int(pixels[firstPixel(t + 1)].input) : nil
              unsafe tile(&arguments, t, panel, next, setup.kernels.fetchShare(smaller))
            }
          }
          return
        }
        var first = mine.lowerBound
        while first < mine.upperBound {
          let end = min(first + tilesPerBlock, mine.upperBound)
          for panel in myPanels {
            // The tiles of a panel fetch the next one: c5 1.26 → 0.91 ms on Zen3.
            let sharing = panel + 1 < myPanels.upperBound ? min(end - first, 4) : 0
            for t in first..<end {
              let turn = t - first
              let next =
                unsafe turn < sharing
                ? weights + (panel + 1) * panelCount + turn * (panelCount / sharing / 16 * 16)
                : nil
              unsafe tile(
                &arguments, t, panel, next, setup.kernels.fetchShare(width, tiles: max(sharing, 1)))
            }
          }
          first = end
        }
      }
    }
  }
}
