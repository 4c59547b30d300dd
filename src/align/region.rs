//! The part of the lattice that a search visits: for each row a range of columns.

use std::ops::Range;

/// For each number of source segments consumed (a row) the range of target segments consumed (columns).
///
/// Guarantee: the first row holds column 0, the last row the last column; consecutive rows overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    columns: Vec<Range<u32>>,
    offsets: Vec<usize>,
    lasts: Vec<u32>,
}

impl Region {
    /// The whole lattice of `n` source and `m` target segments.
    pub(super) fn full(n: usize, m: usize) -> Self {
        Self::new(vec![0..m as u32 + 1; n + 1])
    }

    /// The columns within `width(row)` of a polyline through `points` (row, column), which rise; (0, 0) and
    /// (`n`, `m`) are added.
    pub(super) fn around(
        n: usize,
        m: usize,
        points: &[(usize, usize)],
        width: impl Fn(usize) -> usize,
    ) -> Self {
        let mut columns: Vec<Range<u32>> = vec![m as u32..0; n + 1];
        let mut widen = |row: usize, low: usize, high: usize| {
            let range = &mut columns[row];
            range.start = range.start.min(low.saturating_sub(width(row)) as u32);
            range.end = range.end.max((high + width(row)).min(m) as u32 + 1);
        };
        let mut from = (0, 0);
        for &to in points.iter().chain(&[(n, m)]) {
            let rows = to.0 - from.0;
            for row in from.0..=to.0 {
                // Between two points the path may run along either edge of a small rectangle; across a
                // large one it follows the line.
                let at = |k: usize| from.1 + (k * (to.1 - from.1)) / rows;
                let k = row - from.0;
                let (low, high) =
                    if rows == 0 { (from.1, to.1) } else { (at(k.saturating_sub(1)), at((k + 1).min(rows))) };
                widen(row, low, high);
            }
            from = to;
        }
        columns[0].start = 0;
        columns[n].end = m as u32 + 1;
        Self::new(columns)
    }

    fn new(columns: Vec<Range<u32>>) -> Self {
        let widest = columns.iter().map(|c| c.end).max().unwrap_or(0);
        let mut offsets = Vec::with_capacity(columns.len() + 1);
        let mut lasts = Vec::with_capacity(columns.len() + 1);
        offsets.push(0);
        lasts.push(0);
        for range in &columns {
            offsets.push(offsets[offsets.len() - 1] + range.len());
            lasts.push(lasts[lasts.len() - 1] + u32::from(range.end == widest));
        }
        Self { columns, offsets, lasts }
    }

    /// The number of the first cell of row `row`.
    #[inline]
    pub(super) fn first_cell(&self, row: usize) -> usize {
        self.offsets[row]
    }

    /// How many rows before `row` reach the last column.
    #[inline]
    pub(super) fn last_columns_before(&self, row: usize) -> usize {
        self.lasts[row] as usize
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.columns.len()
    }

    /// Number of cells.
    pub(super) fn cells(&self) -> usize {
        self.offsets[self.offsets.len() - 1]
    }

    /// Number of cells in rows that hold other columns than those of `before`, which has as many rows.
    pub(super) fn changed_from(&self, before: &Self) -> usize {
        let rows = self.columns.iter().zip(&before.columns);
        rows.filter(|(now, then)| now != then).map(|(now, _)| now.len()).sum()
    }

    /// How many rows from the first on hold the same columns as those of `before`.
    pub(super) fn unchanged(&self, before: &Self) -> usize {
        self.columns.iter().zip(&before.columns).take_while(|(now, then)| now == then).count()
    }

    /// The columns of row `row`.
    pub(super) fn columns(&self, row: usize) -> Range<usize> {
        self.columns[row].start as usize..self.columns[row].end as usize
    }

    /// The number of cell (`row`, `column`), if the region holds it.
    #[inline]
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let range = self.columns.get(row)?;
        (range.start as usize..range.end as usize)
            .contains(&column)
            .then(|| self.offsets[row] + column - range.start as usize)
    }
}
