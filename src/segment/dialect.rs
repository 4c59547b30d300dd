//! Patterns between dialects: SRX files are written for the regular expressions of ICU and Java, rules here
//! for those of the crate `regex`.
//!
//! In: a pattern of one dialect. Out: one of the other that fits the same texts, or an error that names what has no
//! counterpart. Guarantee: a shipped pattern written and read again is the same.
//!
//! For the crate `regex` look-around is understood where the rule's form makes it needless: a look-behind that opens
//! the pattern before a break, a look-ahead that closes the pattern after it. Possessive quantifiers and atomic groups
//! become plain ones, which can only fit more. What is left goes to the crate `fancy-regex` (`guards.rs`).

use regex_syntax::is_meta_character;

mod to_icu;

pub(super) use to_icu::to_icu;

/// White space of one line: `\h`.
const HORIZONTAL: &str = r"\t\p{Zs}";
/// What ends a line: `\v`.
const VERTICAL: &str = r"\n\x0B\f\r\x{85}\x{2028}\x{2029}";

/// Where a pattern stands in its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It ends at the position.
    Before,
    /// It starts at the position.
    After,
    /// It is matched as a whole.
    Whole,
}

/// A construct of ICU or Java that has no counterpart here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{construct} at character {at} of the pattern cannot be translated")]
pub struct DialectError {
    /// What it is.
    pub construct: String,
    /// Where it stands, in characters from 1.
    pub at: usize,
}

/// `pattern`, in the dialect of ICU or Java, in that of the crate `regex`.
pub(super) fn from_icu(pattern: &str, place: Place) -> Result<String, DialectError> {
    translated(pattern, place, Dialect::Regex)
}

/// `pattern` in the dialect of the crate `fancy-regex`, which has look-around, references to groups, atomic groups and
/// possessive quantifiers as well.
pub(super) fn to_fancy(pattern: &str) -> Result<String, DialectError> {
    translated(pattern, Place::Whole, Dialect::Fancy)
}

/// A pattern of the crate `regex` that fits wherever `pattern` does, and maybe elsewhere: without look-around, and with
/// anything in place of a reference to a group.
pub(super) fn loosened(pattern: &str) -> Result<String, DialectError> {
    translated(pattern, Place::Whole, Dialect::Loose)
}

fn translated(pattern: &str, place: Place, into: Dialect) -> Result<String, DialectError> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut reader =
        Reader { chars: &chars, at: 0, place, into, out: String::new(), depth: 0, quantified: false };
    reader.read()?;
    Ok(reader.out)
}

/// What a pattern becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// One of the crate `regex`.
    Regex,
    /// One of the crate `fancy-regex`.
    Fancy,
    /// One of the crate `regex` that fits more.
    Loose,
}

struct Reader<'p> {
    chars: &'p [char],
    at: usize,
    place: Place,
    into: Dialect,
    out: String,
    /// How many character classes are open.
    depth: usize,
    /// Whether a quantifier has just been read.
    quantified: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), DialectError> {
        while let Some(c) = self.peek(0) {
            let quantified = std::mem::take(&mut self.quantified);
            match c {
                '\\' => self.escape()?,
                '[' if self.depth > 0 && self.peek(1) == Some(':') => self.posix_class()?,
                '[' => {
                    self.depth += 1;
                    self.copy(1);
                    if self.peek(0) == Some('^') {
                        self.copy(1);
                    }
                }
                ']' if self.depth > 0 => {
                    self.depth -= 1;
                    self.copy(1);
                }
                _ if self.depth > 0 => self.copy(1),
                '(' if self.peek(1) == Some('?') => self.special_group()?,
                '+' if quantified && self.into != Dialect::Fancy => self.at += 1,
                '+' | '?' if quantified => self.copy(1),
                '*' | '+' | '?' => {
                    self.copy(1);
                    self.quantified = true;
                }
                '{' => {
                    let end = self.find('}').ok_or_else(|| self.error("an open `{`"))?;
                    self.copy(end + 1 - self.at);
                    self.quantified = true;
                }
                _ => self.copy(1),
            }
        }
        Ok(())
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn copy(&mut self, count: usize) {
        self.out.extend(&self.chars[self.at..self.at + count]);
        self.at += count;
    }

    /// Writes `text` for the next `count` characters.
    fn put(&mut self, count: usize, text: &str) {
        self.out.push_str(text);
        self.at += count;
    }

    /// Writes the members of a class, in brackets unless a class is open.
    fn put_members(&mut self, count: usize, members: &str) {
        let one = members.starts_with('\\') && !members[1..].contains(['\\', '-']);
        let text = if self.depth > 0 || one { members.to_owned() } else { format!("[{members}]") };
        self.put(count, &text);
    }

    /// Index of the next `c`, from here.
    fn find(&self, c: char) -> Option<usize> {
        (self.at..self.chars.len()).find(|&i| self.chars[i] == c)
    }

    fn error(&self, construct: impl Into<String>) -> DialectError {
        DialectError { construct: construct.into(), at: self.at + 1 }
    }

    fn escape(&mut self) -> Result<(), DialectError> {
        let c = self.peek(1).ok_or_else(|| self.error("a backslash at the end"))?;
        match c {
            'h' => self.put_members(2, HORIZONTAL),
            'v' => self.put_members(2, VERTICAL),
            'H' => self.put(2, &format!("[^{HORIZONTAL}]")),
            'V' => self.put(2, &format!("[^{VERTICAL}]")),
            'R' if self.depth == 0 => self.put(2, &format!(r"(?:\r\n|[{VERTICAL}])")),
            'Z' => self.put(2, r"(?:\r?\n)?\z"),
            'u' => self.code_unit()?,
            'U' => self.code_point(2, 8)?,
            'x' if self.peek(2) == Some('{') => {
                let end = self.find('}').ok_or_else(|| self.error("an open `{`"))?;
                self.copy(end + 1 - self.at);
            }
            'x' => self.code_point(2, 2)?,
            'e' => self.put(2, r"\x1B"),
            'c' => {
                let letter = self.peek(2).ok_or_else(|| self.error(r"an open `\c`"))?;
                self.put(3, &format!(r"\x{{{:X}}}", u32::from(letter) ^ 0x40));
            }
            // A letter with the marks on it.
            'X' if self.depth == 0 => self.put(2, r"(?:\r\n|\P{M}\p{M}*|\p{M}+)"),
            'Q' => self.quotation(),
            'E' => self.at += 2,
            'p' | 'P' => self.property(c)?,
            '1'..='9' | 'k' => self.reference(c)?,
            'A' | 'z' | 'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'b' | 'B' | 't' | 'n' | 'r' | 'f' | 'a' => {
                self.copy(2);
            }
            c if is_meta_character(c) => self.copy(2),
            c if !c.is_ascii_alphanumeric() => self.put(2, &c.to_string()),
            c => return Err(self.error(format!(r"`\{c}`"))),
        }
        Ok(())
    }

    /// A reference to a group, by its number (one digit) or its name.
    fn reference(&mut self, c: char) -> Result<(), DialectError> {
        if self.into == Dialect::Regex || self.depth > 0 {
            return Err(self.error("a reference to a group"));
        }
        let length = match (c, self.peek(2)) {
            ('k', Some('<')) => self.find('>').ok_or_else(|| self.error(r"an open `\k`"))? + 1 - self.at,
            ('k', _) => return Err(self.error(r"`\k` without a name")),
            _ => 2,
        };
        let runs_on = c != 'k' && self.peek(length).is_some_and(|next| next.is_ascii_digit());
        if self.into == Dialect::Loose {
            self.put(length, "(?s:.*?)");
        } else if runs_on {
            // What follows is no digit of the number.
            self.put(length, &format!(r"(?:\{c})"));
        } else {
            self.copy(length);
        }
        Ok(())
    }

    /// `digits` hexadecimal digits after `skip` characters.
    fn hex(&self, skip: usize, digits: usize) -> Option<u32> {
        let from = self.at + skip;
        let text: String = self.chars.get(from..from + digits)?.iter().collect();
        u32::from_str_radix(&text, 16).ok()
    }

    fn code_point(&mut self, skip: usize, digits: usize) -> Result<(), DialectError> {
        let code = self.hex(skip, digits).and_then(char::from_u32);
        let code = code.ok_or_else(|| self.error("a code point that is none"))?;
        self.put(skip + digits, &format!(r"\x{{{:04X}}}", u32::from(code)));
        Ok(())
    }

    /// `\uXXXX`, or two of them for a character beyond the basic plane.
    fn code_unit(&mut self) -> Result<(), DialectError> {
        if let Some(high @ 0xD800..=0xDBFF) = self.hex(2, 4)
            && (self.peek(6), self.peek(7)) == (Some('\\'), Some('u'))
            && let Some(low @ 0xDC00..=0xDFFF) = self.hex(8, 4)
        {
            let code = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            self.put(12, &format!(r"\x{{{code:X}}}"));
            return Ok(());
        }
        self.code_point(2, 4)
    }

    /// `\Q...\E`: literal text.
    fn quotation(&mut self) {
        self.at += 2;
        while let Some(c) = self.peek(0) {
            if (c, self.peek(1)) == ('\\', Some('E')) {
                self.at += 2;
                return;
            }
            self.put(1, &regex::escape(&c.to_string()));
        }
    }

    fn property(&mut self, sign: char) -> Result<(), DialectError> {
        let (name, length) = if self.peek(2) == Some('{') {
            let end = self.find('}').ok_or_else(|| self.error("an open `{`"))?;
            (self.chars[self.at + 3..end].iter().collect::<String>(), end + 1 - self.at)
        } else {
            (self.peek(2).ok_or_else(|| self.error("an open property"))?.to_string(), 3)
        };
        match (members_of(&name), sign) {
            (Some(members), 'p') => self.put_members(length, &members),
            (Some(members), _) => self.put(length, &format!("[^{members}]")),
            (None, _) => return Err(self.error(format!("the property `{name}`"))),
        }
        Ok(())
    }

    /// `[:name:]` inside a class.
    fn posix_class(&mut self) -> Result<(), DialectError> {
        let end = self.find(']').filter(|&end| self.chars[end - 1] == ':' && end > self.at + 3);
        let end = end.ok_or_else(|| self.error("an open `[:`"))?;
        let negated = self.peek(2) == Some('^');
        let name: String = self.chars[self.at + 2 + usize::from(negated)..end - 1].iter().collect();
        let members = members_of(&name).ok_or_else(|| self.error(format!("the property `{name}`")))?;
        let text = if negated { format!("[^{members}]") } else { members };
        self.put(end + 1 - self.at, &text);
        Ok(())
    }

    /// A group that begins with `(?`.
    fn special_group(&mut self) -> Result<(), DialectError> {
        match (self.peek(2), self.peek(3)) {
            (Some('>'), _) => self.put(3, if self.into == Dialect::Fancy { "(?>" } else { "(?:" }),
            (Some('=' | '!'), _) if self.into != Dialect::Regex => self.look(3)?,
            (Some('<'), Some('=' | '!')) if self.into != Dialect::Regex => self.look(4)?,
            (Some('#'), _) => {
                let end = self.find(')').ok_or_else(|| self.error("an open comment"))?;
                self.at = end + 1;
            }
            (Some('='), _) => self.look_ahead('=')?,
            (Some('!'), _) => self.look_ahead('!')?,
            (Some('<'), Some(sign @ ('=' | '!'))) => self.look_behind(sign)?,
            (Some('<' | ':'), _) => self.copy(3),
            _ => self.flags()?,
        }
        Ok(())
    }

    /// Flags such as `(?iu)` or `(?i:`; those without a counterpart change nothing here and are dropped.
    fn flags(&mut self) -> Result<(), DialectError> {
        let end = (self.at + 2..self.chars.len()).find(|&i| matches!(self.chars[i], ')' | ':'));
        let end = end.ok_or_else(|| self.error("an open group"))?;
        let flags: String = self.chars[self.at + 2..end].iter().collect();
        if let Some(odd) = flags.chars().find(|c| !"imsxudUw-".contains(*c)) {
            return Err(self.error(format!("the flag `{odd}`")));
        }
        let kept: String = flags.chars().filter(|c| "imsx-".contains(*c)).collect();
        let kept = kept.trim_end_matches('-');
        let text = match (kept.is_empty(), self.chars[end]) {
            (true, ')') => String::new(),
            (_, close) => format!("(?{kept}{close}"),
        };
        self.put(end + 1 - self.at, &text);
        Ok(())
    }

    /// Look-around that begins with `skip` characters, kept or left out.
    fn look(&mut self, skip: usize) -> Result<(), DialectError> {
        if self.into == Dialect::Fancy {
            self.copy(skip);
        } else {
            let (_, end) = self.group_content(skip)?;
            self.put(end - self.at, "(?:)");
        }
        Ok(())
    }

    /// A look-behind: understood where it opens the pattern before the position.
    fn look_behind(&mut self, sign: char) -> Result<(), DialectError> {
        if self.place != Place::Before || !self.out.is_empty() {
            return Err(self.error("a look-behind"));
        }
        let (inner, end) = self.group_content(4)?;
        if sign == '=' {
            self.put(end - self.at, &format!("(?:{})", from_icu(&inner, Place::Before)?));
        } else {
            let members = single_character(&inner).ok_or_else(|| self.error("a look-behind for a text"))?;
            let members = from_icu(&members, Place::Whole)?;
            self.put(end - self.at, &format!("(?:^|[^{}])", without_brackets(&members)));
        }
        Ok(())
    }

    /// A look-ahead: understood where it closes the pattern after the position.
    fn look_ahead(&mut self, sign: char) -> Result<(), DialectError> {
        let (inner, end) = self.group_content(3)?;
        if self.place != Place::After || end != self.chars.len() {
            return Err(self.error("a look-ahead"));
        }
        if sign == '=' && self.at == 0 {
            // The group is the whole pattern.
            self.put(end, &from_icu(&inner, Place::After)?);
        } else if sign == '=' {
            self.put(end - self.at, &format!("(?:{})", from_icu(&inner, Place::After)?));
        } else {
            let members = single_character(&inner).ok_or_else(|| self.error("a look-ahead for a text"))?;
            let members = from_icu(&members, Place::Whole)?;
            self.put(end - self.at, &format!("(?:$|[^{}])", without_brackets(&members)));
        }
        Ok(())
    }

    /// The content of the group that opens here with `skip` characters, and the index after its end.
    fn group_content(&self, skip: usize) -> Result<(String, usize), DialectError> {
        let (mut open, mut classes, mut i) = (0, 0, self.at);
        while let Some(&c) = self.chars.get(i) {
            match c {
                '\\' => i += 1,
                '[' => classes += 1,
                ']' if classes > 0 => classes -= 1,
                '(' if classes == 0 => open += 1,
                ')' if classes == 0 => {
                    open -= 1;
                    if open == 0 {
                        return Ok((self.chars[self.at + skip..i].iter().collect(), i + 1));
                    }
                }
                _ => {}
            }
            i += 1;
        }
        Err(self.error("an open group"))
    }
}

/// `pattern` if it fits exactly one character: a literal, an escape or a class that is not negated.
fn single_character(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(&from_icu(pattern, Place::Whole).ok()?).ok()?;
    let one = hir.properties().minimum_len().is_some_and(|n| n > 0) && !pattern.starts_with("[^");
    let class = match hir.kind() {
        regex_syntax::hir::HirKind::Class(_) => true,
        regex_syntax::hir::HirKind::Literal(text) => {
            std::str::from_utf8(&text.0).is_ok_and(|t| t.chars().count() == 1)
        }
        _ => false,
    };
    (one && class && !pattern.contains('|')).then(|| pattern.to_owned())
}

/// The members of a class pattern, whether it stands in brackets or not.
fn without_brackets(class: &str) -> &str {
    class.strip_prefix('[').and_then(|c| c.strip_suffix(']')).unwrap_or(class)
}

/// What a property of Java or ICU holds, as members of a class; nothing where it is not known here.
fn members_of(name: &str) -> Option<String> {
    let members = match name.to_ascii_lowercase().as_str() {
        "alpha" | "javaalphabetic" | "isalphabetic" | "javaletter" => r"\p{Alphabetic}",
        "upper" | "javauppercase" | "isuppercase" => r"\p{Uppercase}",
        "lower" | "javalowercase" | "islowercase" => r"\p{Lowercase}",
        "digit" | "isdigit" | "javadigit" => r"\p{Nd}",
        "alnum" | "javaletterordigit" => r"\p{Alphabetic}\p{Nd}",
        "punct" | "ispunctuation" => r"\p{P}",
        "space" | "javawhitespace" | "iswhite_space" | "whitespace" => r"\s",
        "l&" | "lc" => r"\p{Lu}\p{Ll}\p{Lt}",
        "javaspacechar" => r"\p{Z}",
        "javatitlecase" | "istitlecase" => r"\p{Lt}",
        "isletter" => r"\p{L}",
        "isideographic" | "javaideographic" => r"\p{Ideographic}",
        "isjoin_control" => r"\x{200C}\x{200D}",
        "graph" => r"\p{L}\p{M}\p{N}\p{P}\p{S}",
        "print" => r"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}",
        "blank" => HORIZONTAL,
        "cntrl" | "iscontrol" | "javaisocontrol" => r"\p{Cc}",
        "xdigit" | "ishex_digit" => "0-9A-Fa-f",
        "word" => r"\w",
        "inarabicsupplement" => r"\x{0750}-\x{077F}",
        "inarabicpresentationforms-a" => r"\x{FB50}-\x{FDFF}",
        "inarabicpresentationforms-b" => r"\x{FE70}-\x{FEFF}",
        "ascii" | "inbasiclatin" | "inbasic_latin" => r"\x00-\x7F",
        "inlatin-1supplement" | "inlatin_1_supplement" => r"\x{0080}-\x{00FF}",
        "ingeneralpunctuation" | "ingeneral_punctuation" => r"\x{2000}-\x{206F}",
        "incjksymbolsandpunctuation" | "incjk_symbols_and_punctuation" => r"\x{3000}-\x{303F}",
        "inhangulsyllables" | "inhangul_syllables" => r"\x{AC00}-\x{D7AF}",
        "inarmenian" => r"\x{0530}-\x{058F}",
        "indevanagari" => r"\x{0900}-\x{097F}",
        "inarabic" => r"\x{0600}-\x{06FF}",
        "inhebrew" => r"\x{0590}-\x{05FF}",
        "ingreek" => r"\x{0370}-\x{03FF}",
        "incyrillic" => r"\x{0400}-\x{04FF}",
        "inthai" => r"\x{0E00}-\x{0E7F}",
        "inhiragana" => r"\x{3040}-\x{309F}",
        "inkatakana" => r"\x{30A0}-\x{30FF}",
        "incjk_unified_ideographs" | "incjkunifiedideographs" => r"\x{4E00}-\x{9FFF}",
        _ => {
            let bare = name.strip_prefix("Is").unwrap_or(name);
            let pattern = format!(r"\p{{{bare}}}");
            return regex_syntax::parse(&pattern).is_ok().then_some(pattern);
        }
    };
    Some(members.to_owned())
}

#[cfg(test)]
mod tests;
