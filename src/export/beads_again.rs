//! Beads that can be gone through more than once, behind one type, so that writers can stand in a table.

use super::view::BeadView;

/// Beads to write, as an iterator that can be cloned, whatever it is made of.
pub struct Beads<'i, 'a>(Box<dyn Again<'i, 'a> + 'i>);

trait Again<'i, 'a>: Iterator<Item = BeadView<'a>> {
    fn again(&self) -> Box<dyn Again<'i, 'a> + 'i>;
}

impl<'i, 'a, I: Iterator<Item = BeadView<'a>> + Clone + 'i> Again<'i, 'a> for I {
    fn again(&self) -> Box<dyn Again<'i, 'a> + 'i> {
        Box::new(self.clone())
    }
}

impl<'i, 'a> Beads<'i, 'a> {
    /// The beads of `iterator`.
    pub fn new(iterator: impl Iterator<Item = BeadView<'a>> + Clone + 'i) -> Self {
        Self(Box::new(iterator))
    }
}

impl Clone for Beads<'_, '_> {
    fn clone(&self) -> Self {
        Self(self.0.again())
    }
}

impl<'a> Iterator for Beads<'_, 'a> {
    type Item = BeadView<'a>;

    fn next(&mut self) -> Option<BeadView<'a>> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}
