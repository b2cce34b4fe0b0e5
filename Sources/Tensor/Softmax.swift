private import Foundation

extension Tensor {
  /// exp(x / T) over its sum, along the last axis; the maximum is subtracted first, so that nothing
  /// overflows.
  ///
  /// The temperature T flattens (above 1) or sharpens (below 1) the distribution: Guo et al. 2017,
  /// "On calibration of modern neural networks".
  ///
  /// - Precondition: There is at least one axis, and `temperature > 0`.
  public func softmax(temperature: Float = 1) -> Tensor {
    precondition(temperature > 0, "temperature is \(temperature)")
    guard let width = shape.dimensions.last else { preconditionFailure("softmax of a scalar") }
    var result = elements
    for start in stride(from: 0, to: elements.count, by: max(width, 1)) {
      let row = elements[start..<start + width]
      let largest = row.max() ?? 0
      var sum: Float = 0
      for i in row.indices {
        result[i] = exp((elements[i] - largest) / temperature)
        sum += result[i]
      }
      for i in row.indices { result[i] /= sum }
    }
    return Tensor(shape, result)
  }
}
