//! The fields of a DOCX: what a field says is an instruction, up to where its result begins.

use memchr::memmem;

/// The fields that are open at the place reached.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    /// For each, whether its result has not begun.
    open: Vec<bool>,
    /// How many of these are in their instructions.
    instructions: usize,
    /// Whether fields are followed: where one never ends, all after it would pass for its instruction.
    followed: bool,
}

impl Fields {
    /// None open, before the part whose XML is `text`.
    pub(super) fn before(text: &str) -> Self {
        let finder = memmem::Finder::new("fldCharType=");
        let (mut begun, mut ended) = (0_usize, 0_usize);
        for at in finder.find_iter(text.as_bytes()) {
            let value = text[at + "fldCharType=".len()..].trim_start_matches(['"', '\'']);
            begun += usize::from(value.starts_with("begin"));
            ended += usize::from(value.starts_with("end"));
        }
        Self { followed: begun == ended, ..Self::default() }
    }

    /// A field begins, its result does, or it ends.
    pub(super) fn mark(&mut self, kind: &str) {
        match kind {
            "begin" if self.followed => {
                self.open.push(true);
                self.instructions += 1;
            }
            "separate" => {
                if let Some(instruction) = self.open.last_mut() {
                    self.instructions -= usize::from(std::mem::take(instruction));
                }
            }
            "end" => self.instructions -= usize::from(self.open.pop() == Some(true)),
            _ => {}
        }
    }

    /// Whether the place reached stands in an instruction, of a field or of one around it.
    pub(super) const fn in_instruction(&self) -> bool {
        self.instructions > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places `b`egin, `s`eparate, `e`nd and any other of a story: those that are read.
    fn read(story: &str) -> String {
        let marks = [('b', "begin"), ('s', "separate"), ('e', "end")];
        let name = |c| marks.iter().find(|(mark, _)| *mark == c).map(|(_, name)| *name);
        let mark = |name| format!("<w:fldChar w:fldCharType=\"{name}\"/>");
        let text: String = story.chars().filter_map(name).map(mark).collect();
        let mut fields = Fields::before(&text);
        let mut read = String::new();
        for c in story.chars() {
            match name(c) {
                Some(kind) => fields.mark(kind),
                None if !fields.in_instruction() => read.push(c),
                None => {}
            }
        }
        read
    }

    #[test]
    fn what_stands_before_a_result_is_no_text() {
        assert_eq!(read("1bxs2e3"), "123");
        assert_eq!(read("1bxbysze=xbyezs2bys3e4e5"), "12345");
        assert_eq!(read("1bxe2"), "12");
        // Damaged: all is read.
        assert_eq!(read("1bx2"), "1x2");
        assert_eq!(read("1e2s3bxse4"), "123x4");
    }
}
