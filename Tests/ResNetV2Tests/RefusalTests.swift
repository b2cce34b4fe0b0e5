import ResNetV2
import Tensor
import TestSupport
import Testing
import WeightLoader

/// What a caller, or a weight file, can do wrong with a network.
struct RefusalTests {
  private func metadata(
    _ head: [HeadLayer], height: Int? = nil, width: Int? = nil
  ) -> ModelMetadata {
    ModelMetadata(
      architecture: "ResNet50V2", inputHeight: height, inputWidth: width, classNames: [],
      headLayers: head)
  }

  private func failure(_ metadata: ModelMetadata) -> WeightError? {
    do {
      _ = try ResNetV2(metadata: metadata) { _ in nil }
      return nil
    } catch { return error }
  }

  /// Names are a weight file's, so none of them may trap.
  @Test func refusesHeadsThatMakeNoNetwork() {
    #expect(
      failure(metadata([.globalAveragePooling(name: "post_relu")]))
        == .refusedByEngine(.duplicateLayer(name: "post_relu")))
    let relu = HeadLayer.dense(name: "d", units: 3, activation: .relu)
    #expect(
      failure(
        metadata([
          .globalAveragePooling(name: "g"), relu,
          .dense(name: "d_relu", units: 3, activation: .softmax),
        ])) == .refusedByEngine(.duplicateLayer(name: "d_relu")))
    guard
      case .refusedByEngine(.invalidLayer("d", "output", "0", _)) = failure(
        metadata([.dense(name: "d", units: 0, activation: .linear)]))
    else {
      Issue.record("accepted no units")
      return
    }
  }

  @Test(arguments: [0, 31, -5, 4097, Int.max, Int.min])
  func refusesInputSizesOutOfRange(_ extent: Int) {
    guard case .badMetadata("input_shape", _, _) = failure(metadata([], height: extent)) else {
      Issue.record("accepted \(extent)")
      return
    }
    guard case .badMetadata("input_shape", _, _) = failure(metadata([], width: extent)) else {
      Issue.record("accepted \(extent)")
      return
    }
  }

  @Test func refusesInputsOfAnotherShape() throws {
    let network = try ResNetV2(metadata: metadata([], height: 64, width: 32)) { _ in nil }
    for shape in [[], [64, 32, 3], [1, 64, 64, 3], [1, 32, 32, 3], [1, 64, 32, 1]] as [Shape] {
      #expect(throws: TensorError.inputShape(expected: [nil, 64, 32, 3], found: shape)) {
        try network(Tensor(shape))
      }
    }
    #expect(throws: TensorError.inputShape(expected: [nil, nil, nil, 3], found: [0, 64, 32, 3])) {
      try network(Tensor([0, 64, 32, 3]))
    }
    #expect(
      throws: TensorError.unknownLayer(
        name: "conv4_block6",
        similar: [
          "conv4_block6_preact_bn", "conv4_block6_preact_relu",
          "conv4_block6_0_pool",
        ])
    ) { try network(Tensor([1, 64, 32, 3]), taps: ["conv4_block6"]) }
    #expect(throws: TensorError.self) { try network(Tensor([1, 64, 32, 3])) }  // no weights
  }

  @Test func acceptsNoImpossibleSize() throws {
    let network = try ResNetV2(metadata: metadata([])) { _ in nil }
    #expect(network.accepts(height: 1, width: 1))
    for (height, width) in [(0, 1), (1, -1), (Int.max, Int.max), (Int.min, 5), (1 << 30, 2)] {
      #expect(!network.accepts(height: height, width: width))
    }
  }

  @Test func refusesBytesThatAreNoImage() {
    let metadata = metadata([])
    #expect(throws: TensorError.elementCount(shape: [2, 2, 3], found: 11)) {
      try metadata.preprocess([UInt8](repeating: 0, count: 11), height: 2, width: 2)
    }
    for (height, width) in [(-1, -1), (Int.max, Int.max)] {
      #expect(throws: TensorError.invalidShape([height, width, 3])) {
        try metadata.preprocess([], height: height, width: width)
      }
    }
  }

  @Test func refusesFeaturesOfAnotherNetwork() throws {
    for head in ClassActivationMapTests.heads {
      let maps = try ClassActivationMap(weights: ClassActivationMapTests.file(head))
      for shape in [[], [2048], [2, 2, 1, 2048], [1, 0, 1, 2048], [1, 2, 1, 4]] as [Shape] {
        #expect(throws: TensorError.inputShape(expected: [1, nil, nil, 2048], found: shape)) {
          try maps.heat(Tensor(shape), class: 0)
        }
      }
      for index in [-1, 2, Int.max] {
        #expect(throws: TensorError.unknownClass(index: index, count: 2)) {
          try maps.gradient(Tensor([1, 2, 1, 2048]), class: index)
        }
      }
    }
    let flat = try ClassActivationMap(
      weights: ClassActivationMapTests.file(ClassActivationMapTests.heads[0]))
    #expect(throws: TensorError.elementCount(shape: [4096], found: 2048)) {
      try flat.heat(Tensor([1, 1, 1, 2048]), class: 0)
    }
  }
}
