import KernelTypes
private import Synchronization

/// A plan with its weights packed and its steps made ready; immutable, shared by all passes.
package final class CompiledPlan: Sendable {
  package let plan: Plan
  let steps: [any Step]
  let pool: ThreadPool
  /// Floats that each worker, and all together, need beside the arena.
  let scratchCount, sharedCount: Int
  private let idle = Mutex<[Workspace]>([])

  /// Makes the steps ready.
  ///
  /// - Throws: ``TensorError/layerTooLarge(layer:dimensions:)`` for a step of more chunks than the
  ///   threads can share.
  init(_ plan: Plan, weights: [[PackedConvolution]]) throws(TensorError) {
    self.plan = plan
    if plan.options.engine == .openblas { OpenBLAS.useOneThread() }
    let kernels = KernelTable.kernels(of: plan.options.instructionSet ?? .portable)
    var steps: [any Step] = []
    for segment in plan.segments {
      for index in segment.steps {
        let step = Self.ready(plan.steps[index], plan, segment.images, weights[index], kernels)
        for phase in 0..<step.phases
        where step.chunks(phase: phase, images: segment.images) > ThreadPool.mostChunks {
          let buffer = plan.steps[index].buffers.first.map { plan.buffers[$0] }
          throw .layerTooLarge(
            layer: plan.steps[index].name,
            dimensions: [segment.images, buffer?.height ?? 0, buffer?.width ?? 0])
        }
        steps.append(step)
      }
    }
    self.steps = steps
    pool = ThreadPool.shared(threads: plan.options.threads)
    scratchCount = ((steps.map(\.scratchCount).max() ?? 0) + 1023) / 1024 * 1024
    sharedCount = ((steps.map(\.sharedCount).max() ?? 0) + 1023) / 1024 * 1024
  }

  /// Bytes that one pass needs beside the weights: activations and scratch of all threads.
  package var workspaceBytes: Int {
    (plan.arenaCount + scratchCount * plan.options.threads + sharedCount) * 4
  }

  private static func ready(
    _ step: LayerStep, _ plan: Plan, _ images: Int, _ weights: [PackedConvolution],
    _ kernels: KernelTable
  ) -> any Step {
    func buffer(_ index: Int?) -> ActivationBuffer {
      guard let index else { preconditionFailure("\(step.name) lacks a buffer") }
      return plan.buffers[index]
    }
    func packed() -> PackedConvolution {
      guard let first = weights.first else { preconditionFailure("\(step.name) lacks weights") }
      return first
    }
    func rows(_ work: RowStep.Work) -> RowStep {
      RowStep(
        work, input: buffer(step.input), residual: step.residual.map { plan.buffers[$0] },
        output: buffer(step.output), padding: step.padding, groupSize: images, kernels: kernels)
    }
    switch step.operation {
    case .load(let input):
      return LoadStep(input: input, output: buffer(step.output), groupSize: images)
    case .convolution(let layer):
      let setup = ConvolutionSetup(
        step, layer, plan.buffers, images: images, weights: packed(), kernels: kernels)
      return switch layer.algorithm {
      case .direct: DirectConvolution(setup, threads: plan.options.threads)
      case .im2col: Im2ColConvolution(setup)
      default: WinogradConvolution(setup, usesBLAS: plan.options.engine == .openblas)
      }
    case .grouped(let layer):
      let setup = ConvolutionSetup(
        step, layer, plan.buffers, images: images, weights: packed(), kernels: kernels)
      return GroupedConvolution(
        setup, groups: layer.groups, usesBLAS: plan.options.engine == .openblas)
    case .depthwise(let layer):
      return DepthwiseConvolution(
        layer, input: buffer(step.input), output: buffer(step.output), padding: step.padding,
        groupSize: images, weights: packed(), kernels: kernels)
    case .pool(let window, let stride, let normalization, let appliesReLU):
      let affine = normalization.map { _ in Affine(packed()) }
      return rows(.pool(window: window, stride: stride, affine, appliesReLU: appliesReLU))
    case .normalize(_, let appliesReLU):
      return rows(.normalize(Affine(packed()), appliesReLU: appliesReLU))
    case .relu: return rows(.relu)
    case .add: return rows(.add(stride: step.residualStride))
    case .addUpsampled: return rows(.addUpsampled)
    case .fusedRows(let stages):
      return FusedRows(
        stages, input: buffer(step.input), padding: step.padding, output: buffer(step.output),
        groupSize: images, weights: weights, kernels: kernels, threads: plan.options.threads)
    case .plain(let work):
      let reads = (step.input.map { [$0] } ?? []) + step.others
      return work.operation.step(
        StepSite(
          inputs: zip(reads, work.inputs).map { Operand(buffer: buffer($0), shape: $1) },
          output: Operand(buffer: buffer(step.output), shape: work.output),
          root: buffer(step.output).parent?.buffer ?? step.output ?? 0, images: images,
          kernels: kernels, threads: plan.options.threads,
          usesBLAS: plan.options.engine == .openblas, weights: weights.first,
          parameterCounts: work.operation.parameters.map { $0.dimensions.reduce(1, *) }))
    case .globalAveragePooling:
      return GlobalAveragePoolingStep(
        input: buffer(step.input), output: buffer(step.output), groupSize: images,
        kernels: kernels)
    }
  }

  /// Runs one pass over the inputs, each with the batch axis in front, and hands its workspace to
  /// `read`.
  ///
  /// Passes may run at the same time; each has a workspace of its own, kept for the next one.
  ///
  /// - `observe`: Called before (`true`) and after each step, with its number.
  ///
  /// - Throws: ``TensorError/elementCount(shape:found:)`` unless there are as many elements as the
  ///   plan's batch has, and ``TensorError/outOfMemory(bytes:)``.
  package func run<R>(
    _ inputs: [Tensor], observe: ((Int, Bool) -> Void)? = nil, _ read: (Workspace) -> R
  ) throws(TensorError) -> R {
    let workspace = try takeWorkspace()
    func runReading(_ i: Int) throws(TensorError) -> R {
      if i == inputs.count { return run(workspace, areBytes: false, observe: observe, read) }
      try check(i, count: inputs[i].elements.count)
      // SAFETY: the address is used only until the pass ends.
      return try unsafe inputs[i].elements.withUnsafeBufferPointer {
        (elements) throws(TensorError) in
        workspace.setInput(i, UInt(bitPattern: elements.baseAddress))
        return try runReading(i + 1)
      }
    }
    return try runReading(0)
  }

  /// The same over the only input.
  ///
  /// - Throws: As for tensors.
  package func run<R>(
    _ pixels: Span<Float>, observe: ((Int, Bool) -> Void)? = nil, _ read: (Workspace) -> R
  ) throws(TensorError) -> R {
    try check(0, count: pixels.count)
    let workspace = try takeWorkspace()
    // SAFETY: the address is used only until the pass ends.
    return unsafe pixels.withUnsafeBufferPointer { pixels in
      workspace.setInput(0, UInt(bitPattern: pixels.baseAddress))
      return run(workspace, areBytes: false, observe: observe, read)
    }
  }

  /// The same over bytes, which the network sees as the numbers 0…255.
  ///
  /// - Throws: As for numbers.
  package func run<R>(
    bytes: Span<UInt8>, _ read: (Workspace) -> R
  ) throws(TensorError) -> R {
    try check(0, count: bytes.count)
    let workspace = try takeWorkspace()
    // SAFETY: the address is used only until the pass ends.
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      workspace.setInput(0, UInt(bitPattern: bytes.baseAddress))
      return run(workspace, areBytes: true, observe: nil, read)
    }
  }

  private func check(_ input: Int, count: Int) throws(TensorError) {
    let image = plan.inputShapes[input]
    guard count == plan.batch * image.count else {
      throw .elementCount(shape: Shape(checked: [plan.batch] + image.dimensions), found: count)
    }
  }

  private func takeWorkspace() throws(TensorError) -> Workspace {
    if let known = idle.withLock({ $0.popLast() }) { return known }
    return try Workspace(self)
  }

  private func run<R>(
    _ workspace: Workspace, areBytes: Bool, observe: ((Int, Bool) -> Void)?,
    _ read: (Workspace) -> R
  ) -> R {
    workspace.run(areBytes: areBytes, self, observe: observe)
    let result = read(workspace)
    idle.withLock { $0.append(workspace) }
    return result
  }
}

/// The memory of one pass.
package final class Workspace: Sendable {
  private let state: State
  private let work: ParallelWork

  /// What the chunks of a pass need to know; written between parallel loops only.
  private final class State: Sendable {
    let steps: [any Step]
    let memory: AlignedBuffer
    let inputsStart, sharedStart, scratchStart, scratchCount: Int
    let arePixelsBytes = Atomic<Bool>(false)
    let firstImage = Atomic<Int>(0)
    let images = Atomic<Int>(0)

    init(_ compiled: CompiledPlan) throws(TensorError) {
      steps = compiled.steps
      // Behind the activations the addresses of the inputs, two floats each.
      inputsStart = (compiled.plan.arenaCount + 63) / 64 * 64
      sharedStart = (inputsStart + 2 * compiled.plan.inputShapes.count + 1023) / 1024 * 1024
      scratchStart = sharedStart + compiled.sharedCount
      // Not a power of two apart: workers would meet in the same cache sets.
      scratchCount = compiled.scratchCount + 1024
      memory = try AlignedBuffer(
        count: scratchStart + scratchCount * compiled.plan.options.threads)
    }

    func run(step: Int, phase: Int, chunk: Int, worker: Int) {
      // SAFETY: the inputs outlive the pass, and the memory was counted for these steps.
      let context = unsafe RunContext(
        arena: memory.pointer, scratch: memory.pointer + scratchStart + worker * scratchCount,
        shared: memory.pointer + sharedStart, inputs: memory.pointer + inputsStart,
        arePixelsBytes: arePixelsBytes.load(ordering: .relaxed),
        firstImage: firstImage.load(ordering: .relaxed), images: images.load(ordering: .relaxed))
      steps[step].run(phase: phase, chunk: chunk, context)
    }
  }

  init(_ compiled: CompiledPlan) throws(TensorError) {
    let state = try State(compiled)
    self.state = state
    work = ParallelWork { job, chunk, worker in
      state.run(step: job >> 2, phase: job & 3, chunk: chunk, worker: worker)
    }
  }

  /// Says where an input's elements are during the next pass.
  fileprivate func setInput(_ i: Int, _ address: UInt) {
    // SAFETY: the memory was counted for an address of each input, and no pass runs yet.
    unsafe UnsafeMutableRawPointer(state.memory.pointer + state.inputsStart).storeBytes(
      of: address, toByteOffset: i * MemoryLayout<UInt>.stride, as: UInt.self)
  }

  /// - Precondition: Every input is set, with as many elements as the plan's batch has.
  fileprivate func run(
    areBytes: Bool, _ compiled: CompiledPlan, observe: ((Int, Bool) -> Void)?
  ) {
    let plan = compiled.plan
    state.arePixelsBytes.store(areBytes, ordering: .relaxed)
    compiled.pool.pass { isParallel in
      for segment in plan.segments {
        var first = 0
        while first < plan.batch {
          let images = min(segment.images, plan.batch - first)
          state.firstImage.store(first, ordering: .relaxed)
          state.images.store(images, ordering: .relaxed)
          for index in segment.steps {
            observe?(index, true)
            let step = compiled.steps[index]
            for phase in 0..<step.phases {
              let chunks = step.chunks(phase: phase, images: images)
              if isParallel && chunks > 1 {
                compiled.pool.run(work, job: index << 2 | phase, chunks: chunks)
              } else {
                for chunk in 0..<chunks {
                  state.run(step: index, phase: phase, chunk: chunk, worker: 0)
                }
              }
            }
            observe?(index, false)
          }
          first += images
        }
      }
    }
  }

  /// Copies a kept value out, `[batch, H, W, C]` or `[batch, C]`.
  package func value(_ output: (name: String, buffer: Int, shape: Shape), _ plan: Plan) -> Tensor {
    let buffer = plan.buffers[output.buffer]
    var elements: [Float] = []
    elements.reserveCapacity(plan.batch * output.shape.count)
    for image in 0..<plan.batch {
      for y in 0..<buffer.height {
        if buffer.pixelStride == buffer.channels {
          // SAFETY: the row lies within the arena, by the buffer's own extents.
          let start = unsafe state.memory.pointer + buffer.origin(image: image) + buffer.pixel(y, 0)
          unsafe elements.append(
            contentsOf: UnsafeBufferPointer(start: start, count: buffer.width * buffer.channels))
          continue
        }
        for x in 0..<buffer.width {
          // SAFETY: the pixel lies within the arena, by the buffer's own extents.
          let start = unsafe state.memory.pointer + buffer.origin(image: image) + buffer.pixel(y, x)
          unsafe elements.append(
            contentsOf: UnsafeBufferPointer(start: start, count: buffer.channels))
        }
      }
    }
    return Tensor(checked: Shape(checked: [plan.batch] + output.shape.dimensions), elements)
  }
}
