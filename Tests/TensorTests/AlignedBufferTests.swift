import Tensor
import Testing

struct AlignedBufferTests {
  @Test(arguments: [1, 1023, 1 << 19, (1 << 19) - 1, (1 << 20) + 5])
  func isZeroAndAligned(_ count: Int) throws {
    let buffer = try AlignedBuffer(count: count)
    // SAFETY: the buffer has `count` floats and lives to the end of the scope.
    let (address, sum, last) = withExtendedLifetime(buffer) {
      let floats = unsafe UnsafeMutableBufferPointer(start: buffer.pointer, count: count)
      unsafe floats[count - 1] += 1
      return unsafe (
        UInt(bitPattern: buffer.pointer), floats.reduce(0, +), floats[count - 1]
      )
    }
    #expect(address % (count * 4 >= 1 << 21 ? 1 << 21 : 4096) == 0)
    #expect(sum == 1 && last == 1)
  }
}
