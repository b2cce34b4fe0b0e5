import Tensor
import WeightLoader

/// The model's file and those that its tensors lie in.
struct TensorFiles {
  let model: MappedFile
  /// The folder that external data lie in; nil for a model that came as bytes.
  let folder: String?
  private var files: [String: MappedFile] = [:]

  init(_ model: MappedFile, folder: String?) { (self.model, self.folder) = (model, folder) }

  /// A tensor's elements; nothing is read before the bytes were counted.
  mutating func constant(_ tensor: StoredTensor) throws(ONNXError) -> Constant {
    func bad(_ expected: String) -> ONNXError {
      .badTensor(name: tensor.name, dimensions: tensor.dimensions, expected: expected)
    }
    guard let count = Constant.count(of: tensor.dimensions) else {
      throw bad("extents from 0, \(Graph.maximumElements) elements at most")
    }
    guard let format = NumberFormat(rawValue: tensor.type) else {
      throw bad("numbers; the type \(tensor.type) is not read")
    }
    let (file, range): (MappedFile, Range<Int>)
    switch tensor.elements {
    case .floats(let values):
      guard values.count == count, format.isFloat else { throw bad("\(count) numbers") }
      return Constant(tensor.dimensions, .floats(values))
    case .ints(let values):
      guard values.count == count else { throw bad("\(count) numbers, not \(values.count)") }
      // fp16 and bf16 are written as fields by their bits.
      if format.isFloat {
        return Constant(
          tensor.dimensions, .floats(values.map { format.float(UInt64(truncatingIfNeeded: $0)) }))
      }
      return Constant(tensor.dimensions, .ints(values))
    case .raw(let bytes): (file, range) = (model, bytes)
    case .external(let location, let offset, let length):
      file = try external(location, of: tensor.name)
      let end = offset.addingReportingOverflow(length ?? max(0, file.count - offset))
      guard !end.overflow, offset <= file.count, end.partialValue <= file.count else {
        throw .badExternalData(
          tensor: tensor.name, location: location,
          expected: "\(length ?? 0) bytes from \(offset) on; the file has \(file.count)")
      }
      range = offset..<end.partialValue
    }
    guard range.count == count * format.size else {
      throw bad("\(count * format.size) bytes, not \(range.count)")
    }
    if format == .float32, case .success(let floats) = file.floats(range, type: .float32) {
      return Constant(tensor.dimensions, .floats(floats))
    }
    let bytes = file.bytes(range)
    return Constant(
      tensor.dimensions, format.isFloat ? .floats(format.floats(bytes)) : .ints(format.ints(bytes)))
  }

  /// A file beside the model; never one elsewhere.
  private mutating func external(
    _ location: String, of tensor: String
  ) throws(ONNXError) -> MappedFile {
    if let known = files[location] { return known }
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard let folder, !parts.contains(""), !parts.contains(".."), !location.contains("\0") else {
      throw .badExternalData(
        tensor: tensor, location: location,
        expected: folder == nil
          ? "a model that is opened as a file" : "a path within the model's folder")
    }
    guard files.count < 256 else { throw .tooMany(of: "files", limit: 256) }
    do throws(WeightError) {
      let file = try MappedFile(path: "\(folder)/\(location)")
      files[location] = file
      return file
    } catch {
      if case .unreadable(let path, let reason) = error {
        throw .unreadable(path: path, reason: reason)
      }
      throw .unreadable(path: location, reason: "\(error)")
    }
  }
}
