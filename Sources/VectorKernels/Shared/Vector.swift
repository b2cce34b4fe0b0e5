// The same source is compiled once per instruction set (see Package.swift): free functions on
// pointers only. A type or an uninlined generic here could leave AVX code behind a symbol that the
// linker shares with machines that lack it; scripts/check-kernels.sh looks for such symbols.

#if AVX512
  typealias Vector = SIMD16<Float>
  typealias IntegerVector = SIMD16<Int32>
#else
  typealias Vector = SIMD8<Float>
  typealias IntegerVector = SIMD8<Int32>
#endif

/// Lanes of a vector; a weight panel is two vectors wide.
@inline(__always) var lanes: Int { MemoryLayout<Vector>.stride / MemoryLayout<Float>.stride }

/// Reads a vector, aligned to its size, `offset` elements behind `p`.
@inline(__always) func load(_ p: UnsafePointer<Float>, _ offset: Int) -> Vector {
  UnsafeRawPointer(p + offset).assumingMemoryBound(to: Vector.self).pointee
}

/// Writes a vector, aligned to its size, `offset` elements behind `p`.
@inline(__always) func store(_ p: UnsafeMutablePointer<Float>, _ offset: Int, _ v: Vector) {
  UnsafeMutableRawPointer(p + offset).assumingMemoryBound(to: Vector.self).pointee = v
}

/// a + b · c, in one instruction where the target has it.
///
/// Without FMA `addingProduct` becomes a library call per lane, so plain arithmetic stands there.
@inline(__always) func fma(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if HAS_FMA || arch(arm64)
    a.addingProduct(b, c)
  #else
    a + b * c
  #endif
}

/// Reads a vector from anywhere; typed loads of SIMD values need their alignment.
@inline(__always) func loadUnaligned(_ p: UnsafePointer<Float>, _ offset: Int) -> Vector {
  UnsafeRawPointer(p + offset).loadUnaligned(as: Vector.self)
}

/// max(v, least), lane by lane; a NaN in `v` stays NaN.
@inline(__always) func atLeast(_ least: Vector, _ v: Vector) -> Vector {
  v.replacing(with: least, where: v .< least)
}

/// min(v, most), lane by lane; a NaN in `v` stays NaN.
@inline(__always) func atMost(_ most: Vector, _ v: Vector) -> Vector {
  v.replacing(with: most, where: v .> most)
}

/// max(v, 0), lane by lane; a NaN stays NaN.
@inline(__always) func relu(_ v: Vector) -> Vector { v.replacing(with: 0, where: v .< 0) }

@_silgen_name("llvm.prefetch.p0")
func llvmPrefetch(_ p: UnsafeRawPointer, _ write: Int32, _ locality: Int32, _ data: Int32)

/// Fetches the line at `p` into L1 for reading.
@inline(__always) func prefetch(_ p: UnsafePointer<Float>) { llvmPrefetch(p, 0, 3, 1) }

/// Fetches the line at `p` into L1 for writing.
@inline(__always) func prefetchForWrite(_ p: UnsafeMutablePointer<Float>) {
  llvmPrefetch(p, 1, 3, 1)
}

/// Fetches the line at `p` into L2: weights of the next panel.
@inline(__always) func prefetchFar(_ p: UnsafePointer<Float>) { llvmPrefetch(p, 0, 2, 1) }
