//! Numbers in a safetensors file.
//!
//! In: the bytes of the file. Out: a matrix, or a list, that is decoded as it is looked at. Guarantee: types and
//! shapes that do not fit, and numbers that are not finite, are refused; no row is outside the bytes.

use half::{bf16, f16};
use safetensors::tensor::{Dtype, Metadata, SafeTensors};

/// A matrix of numbers, kept as it stands in the file.
#[derive(Debug)]
pub(super) struct Matrix {
    bytes: Vec<u8>,
    start: usize,
    kind: Kind,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// The types of numbers that vectors come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    F64,
    F32,
    F16,
    Bf16,
    I8,
}

impl Kind {
    fn of(dtype: Dtype) -> Result<Self, String> {
        match dtype {
            Dtype::F64 => Ok(Self::F64),
            Dtype::F32 => Ok(Self::F32),
            Dtype::F16 => Ok(Self::F16),
            Dtype::BF16 => Ok(Self::Bf16),
            Dtype::I8 => Ok(Self::I8),
            other => Err(format!("has numbers of type {other:?}; F64, F32, F16, BF16 and I8 can be read")),
        }
    }

    const fn size(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::I8 => 1,
        }
    }

    /// The number in `bytes`, which are [`size`](Self::size) many.
    fn number(self, bytes: &[u8]) -> f32 {
        fn exactly<const N: usize>(bytes: &[u8]) -> [u8; N] {
            bytes.try_into().expect("a number has the size of its type")
        }
        match self {
            Self::F64 => f64::from_le_bytes(exactly(bytes)) as f32,
            Self::F32 => f32::from_le_bytes(exactly(bytes)),
            Self::F16 => f16::from_le_bytes(exactly(bytes)).to_f32(),
            Self::Bf16 => bf16::from_le_bytes(exactly(bytes)).to_f32(),
            Self::I8 => f32::from(i8::from_le_bytes(exactly(bytes))),
        }
    }
}

/// What a file holds, and where.
pub(super) fn metadata(bytes: &[u8]) -> Result<(usize, Metadata), String> {
    let (header, metadata) =
        SafeTensors::read_metadata(bytes).map_err(|e| format!("it is no safetensors file: {e}"))?;
    Ok((header + 8, metadata))
}

impl Matrix {
    /// The matrix `name` in the file `bytes`.
    pub(super) fn new(bytes: Vec<u8>, name: &str) -> Result<Self, String> {
        let (data, metadata) = metadata(&bytes)?;
        let info = metadata.info(name).ok_or_else(|| format!("it has no matrix `{name}`"))?;
        let kind = Kind::of(info.dtype).map_err(|problem| format!("the matrix `{name}` {problem}"))?;
        let &[rows, columns] = &info.shape[..] else {
            let shape = &info.shape;
            return Err(format!(
                "`{name}` has the shape {shape:?}; a matrix of tokens and numbers is needed"
            ));
        };
        if rows == 0 || columns == 0 {
            return Err(format!("the matrix `{name}` is empty: {rows} × {columns}"));
        }
        let start = data + info.data_offsets.0;
        let matrix = Self { bytes, start, kind, rows, columns };
        match (0..rows).find(|&row| !matrix.row(row).all(f32::is_finite)) {
            Some(row) => Err(format!("row {row} of the matrix `{name}` holds a number that is not finite")),
            None => Ok(matrix),
        }
    }

    /// The numbers of a row, which is below `rows`.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f32> {
        let size = self.kind.size();
        let width = self.columns * size;
        let start = self.start + row * width;
        self.bytes[start..start + width].chunks_exact(size).map(|bytes| self.kind.number(bytes))
    }
}

/// The list of numbers `name` in the file `bytes`, where there is one: whole numbers where `name` is of a whole type.
pub(super) fn list(bytes: &[u8], name: &str) -> Result<Option<Vec<f64>>, String> {
    let (data, metadata) = metadata(bytes)?;
    let Some(info) = metadata.info(name) else { return Ok(None) };
    let &[length] = &info.shape[..] else {
        return Err(format!("`{name}` has the shape {:?}; a list is needed", info.shape));
    };
    let bytes = &bytes[data + info.data_offsets.0..data + info.data_offsets.1];
    let numbers: Vec<f64> = match info.dtype {
        Dtype::I64 => bytes.as_chunks::<8>().0.iter().map(|b| i64::from_le_bytes(*b) as f64).collect(),
        Dtype::I32 => bytes.as_chunks::<4>().0.iter().map(|b| f64::from(i32::from_le_bytes(*b))).collect(),
        dtype => {
            let kind = Kind::of(dtype).map_err(|problem| format!("`{name}` {problem}"))?;
            bytes.chunks_exact(kind.size()).map(|b| f64::from(kind.number(b))).collect()
        }
    };
    debug_assert_eq!(numbers.len(), length);
    match numbers.iter().position(|x| !x.is_finite()) {
        Some(at) => Err(format!("number {at} of `{name}` is not finite")),
        None => Ok(Some(numbers)),
    }
}
