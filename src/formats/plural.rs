//! `Plural-Forms` of PO: which form of a translation goes with a number.
//!
//! In: the field's value, such as `nplurals=2; plural=n != 1;`. Out: the index of the form for any number. The
//! expression is one of C over `n` without assignments, as gettext has it: `?:`, `||`, `&&`, comparisons, `+ - * / %`,
//! `!`, parentheses. Guarantee: total; a formula that cannot be read, is nested too deep or divides by zero is `None`.

use std::iter::Peekable;
use std::str::Chars;

/// The formula of a language's plural forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluralForms {
    /// How many forms there are.
    pub count: usize,
    formula: Expression,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Expression {
    N,
    Number(u64),
    Not(Box<Self>),
    Two(Operator, Box<Self>, Box<Self>),
    Choice(Box<Self>, Box<Self>, Box<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
}

use Operator::{
    And, Divide, Equal, Greater, GreaterEqual, Less, LessEqual, Minus, Modulo, Or, Plus, Times, Unequal,
};

/// Operators by how tightly they bind, loosest first. Those that begin others come after them.
const LEVELS: [&[(&str, Operator)]; 6] = [
    &[("||", Or)],
    &[("&&", And)],
    &[("==", Equal), ("!=", Unequal)],
    &[("<=", LessEqual), (">=", GreaterEqual), ("<", Less), (">", Greater)],
    &[("+", Plus), ("-", Minus)],
    &[("*", Times), ("/", Divide), ("%", Modulo)],
];

/// How deep parentheses, choices and negations may be nested.
const MOST_DEPTH: usize = 50;

impl PluralForms {
    /// The forms that the header's field says.
    pub fn parse(field: &str) -> Option<Self> {
        let mut count = None;
        let mut formula = None;
        for part in field.split(';') {
            match part.split_once('=').map(|(name, value)| (name.trim(), value)) {
                Some(("nplurals", value)) => {
                    count = value.trim().parse().ok().filter(|n| (1..=100).contains(n));
                }
                Some(("plural", value)) => {
                    let mut reader = Reader { rest: value.chars().peekable(), depth: 0 };
                    formula = reader.choice();
                    reader.blanks();
                    if reader.rest.peek().is_some() {
                        return None;
                    }
                }
                _ => {}
            }
        }
        Some(Self { count: count?, formula: formula? })
    }

    /// The forms where a header says nothing: those of gettext, one for 1 and one for all else.
    pub fn usual() -> Self {
        let one = Expression::Two(Unequal, Box::new(Expression::N), Box::new(Expression::Number(1)));
        Self { count: 2, formula: one }
    }

    /// The index of the form for `n`, from 0.
    pub fn form(&self, n: u64) -> Option<usize> {
        let form = usize::try_from(self.formula.value(n)?).ok()?;
        (form < self.count).then_some(form)
    }
}

impl Expression {
    fn value(&self, n: u64) -> Option<u64> {
        Some(match self {
            Self::N => n,
            Self::Number(number) => *number,
            Self::Not(inner) => u64::from(inner.value(n)? == 0),
            Self::Choice(when, then, other) => {
                if when.value(n)? != 0 {
                    then.value(n)?
                } else {
                    other.value(n)?
                }
            }
            Self::Two(Or, a, b) => u64::from(a.value(n)? != 0 || b.value(n)? != 0),
            Self::Two(And, a, b) => u64::from(a.value(n)? != 0 && b.value(n)? != 0),
            Self::Two(operator, a, b) => {
                let (a, b) = (a.value(n)?, b.value(n)?);
                match operator {
                    Or | And => return None,
                    Equal => u64::from(a == b),
                    Unequal => u64::from(a != b),
                    Less => u64::from(a < b),
                    LessEqual => u64::from(a <= b),
                    Greater => u64::from(a > b),
                    GreaterEqual => u64::from(a >= b),
                    // gettext computes with `unsigned long`.
                    Plus => a.wrapping_add(b),
                    Minus => a.wrapping_sub(b),
                    Times => a.wrapping_mul(b),
                    Divide => a.checked_div(b)?,
                    Modulo => a.checked_rem(b)?,
                }
            }
        })
    }
}

struct Reader<'t> {
    rest: Peekable<Chars<'t>>,
    depth: usize,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
    }

    /// Takes `text` if it comes next, and is not the beginning of a longer operator.
    fn takes(&mut self, text: &str) -> bool {
        self.blanks();
        let mut ahead = self.rest.clone();
        if !text.chars().all(|c| ahead.next() == Some(c)) {
            return false;
        }
        self.rest = ahead;
        true
    }

    fn choice(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let when = self.level(0)?;
        let found = if self.takes("?") {
            let then = self.choice()?;
            if !self.takes(":") {
                return None;
            }
            Expression::Choice(Box::new(when), Box::new(then), Box::new(self.choice()?))
        } else {
            when
        };
        self.depth -= 1;
        Some(found)
    }

    fn level(&mut self, level: usize) -> Option<Expression> {
        let Some(operators) = LEVELS.get(level) else { return self.single() };
        let mut left = self.level(level + 1)?;
        let mut count = 0;
        while let Some((_, operator)) = operators.iter().find(|(text, _)| self.takes(text)) {
            count += 1;
            if count > MOST_DEPTH {
                return None;
            }
            left = Expression::Two(*operator, Box::new(left), Box::new(self.level(level + 1)?));
        }
        Some(left)
    }

    fn single(&mut self) -> Option<Expression> {
        if self.takes("!") {
            self.depth += 1;
            if self.depth > MOST_DEPTH {
                return None;
            }
            let inner = self.single()?;
            self.depth -= 1;
            return Some(Expression::Not(Box::new(inner)));
        }
        if self.takes("(") {
            let inner = self.choice()?;
            return self.takes(")").then_some(inner);
        }
        if self.takes("n") {
            return Some(Expression::N);
        }
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok().map(Expression::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(field: &str, numbers: &[u64]) -> Vec<Option<usize>> {
        let forms = PluralForms::parse(field);
        numbers.iter().map(|&n| forms.as_ref().and_then(|f| f.form(n))).collect()
    }

    #[test]
    fn formulas_of_languages_are_read() {
        let arabic = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;";
        let found = forms(arabic, &[0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111]);
        assert_eq!(found, [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4].map(Some));
        let russian = " nplurals = 3 ; plural = (n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2) ";
        assert_eq!(forms(russian, &[1, 11, 21, 2, 12, 22, 5, 0]), [0, 2, 0, 1, 2, 1, 2, 2].map(Some));
        assert_eq!(forms("nplurals=2; plural=n>1;", &[0, 1, 2]), [0, 0, 1].map(Some));
        assert_eq!(forms("nplurals=1; plural=0;", &[0, 1, 2]), [0, 0, 0].map(Some));
        assert_eq!(forms("nplurals=2; plural=!(n==1);", &[0, 1, 2]), [1, 0, 1].map(Some));
        assert_eq!(PluralForms::usual().form(1), Some(0));
    }

    #[test]
    fn what_is_no_formula_is_none() {
        for field in [
            "",
            "nplurals=2",
            "plural=n",
            "nplurals=2; plural=n n",
            "nplurals=2; plural=(n",
            "nplurals=x; plural=n",
        ] {
            assert_eq!(PluralForms::parse(field), None, "{field}");
        }
        assert_eq!(forms("nplurals=2; plural=n/0;", &[1]), [None]);
        assert_eq!(forms("nplurals=2; plural=n;", &[1, 2]), [Some(1), None]);
        for deep in ["(", "!", "n?n:", "n+"] {
            let field = format!("nplurals=2; plural={}n", deep.repeat(100_000));
            assert_eq!(PluralForms::parse(&field), None);
        }
    }
}
