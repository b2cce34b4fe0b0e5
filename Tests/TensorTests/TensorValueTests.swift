import Tensor
import TestSupport
import Testing

struct TensorValueTests {
  @Test func shapesCount() {
    let shape: Shape = [2, 3, 4]
    #expect(shape.count == 24 && shape.rank == 3 && shape[1] == 3)
    #expect("\(shape)" == "[2, 3, 4]" && Shape([]).count == 1)
  }

  @Test func reshapesInOrder() {
    let tensor = Tensor([2, 3], [1, 2, 3, 4, 5, 6])
    #expect(tensor.reshaped([3, 2]).elements == tensor.elements)
  }

  @Test func softmaxMatchesKeras() throws {
    let fixture = try Fixture("softmax")
    expectClose(try fixture.tensor("input").softmax(), try fixture.tensor("output"), relative: 1e-6)
  }

  @Test func temperatureFlattens() {
    let logits = Tensor([2, 2], [0, 2, 5, 5])
    let warm = logits.softmax(temperature: 2).elements
    let expected = Tensor([2, 2], [0, 1, 2.5, 2.5]).softmax().elements
    #expect(warm == expected && warm[2] == 0.5)
  }

  @Test func refusesWhatDoesNotFit() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([2, 2], [1]) }
    await #expect(processExitsWith: .failure) { _ = Shape([-1]) }
    await #expect(processExitsWith: .failure) { _ = Shape([Int.max, 2]) }
    await #expect(processExitsWith: .failure) { _ = Tensor([2], [1, 2]).softmax(temperature: 0) }
    await #expect(processExitsWith: .failure) { _ = EngineOptions(threads: 0) }
  }
}
