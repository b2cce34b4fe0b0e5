import Tensor
import TestSupport
import Testing

struct TensorValueTests {
  @Test func shapesCount() throws {
    let shape: Shape = [2, 3, 4]
    #expect(shape.count == 24 && shape.rank == 3 && shape[1] == 3)
    #expect(try "\(shape)" == "[2, 3, 4]" && Shape([] as [Int]).count == 1)
  }

  @Test func reshapesInOrder() throws {
    let tensor = try Tensor([2, 3], [1, 2, 3, 4, 5, 6])
    #expect(try tensor.reshaped([3, 2]).elements == tensor.elements)
  }

  @Test func softmaxMatchesKeras() throws {
    let fixture = try Fixture("softmax")
    expectClose(try fixture.tensor("input").softmax(), try fixture.tensor("output"), relative: 1e-6)
  }

  @Test func temperatureFlattens() throws {
    let logits = try Tensor([2, 2], [0, 2, 5, 5])
    let warm = try logits.softmax(temperature: 2).elements
    let expected = try Tensor([2, 2], [0, 1, 2.5, 2.5]).softmax().elements
    #expect(warm == expected && warm[2] == 0.5)
  }
}
