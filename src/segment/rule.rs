//! One rule of segmentation, and the marks at which the options decide whether rules count.

/// A mark at which translators disagree whether a sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Mark {
    /// The semicolon, Latin `;` or Arabic `؛`.
    Semicolon,
    /// The colon.
    Colon,
    /// Two full stops in a row, which Arabic headlines use as a pause.
    TwoDots,
}

/// What to do at a [`Mark`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AtMark {
    /// The sentence goes on.
    #[default]
    Keep,
    /// The sentence ends.
    Break,
}

/// What a rule says of the positions it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleAction {
    /// A segment ends here.
    Break,
    /// No segment ends here.
    Keep,
}

/// When a rule counts at all: only if the options say `then` of `mark`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The mark the options are asked about.
    pub mark: Mark,
    /// The answer with which the rule counts.
    pub then: AtMark,
}

/// On which side of a position a [`Guard`] looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuardSide {
    /// At the text that ends there.
    Before,
    /// At the text that starts there.
    After,
}

/// Whether a [`Guard`] wants its pattern to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It must fit.
    Yes,
    /// It must not.
    No,
}

/// How the pattern of a [`Guard`] is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Engine {
    /// By the crate `regex`, in linear time.
    #[default]
    Linear,
    /// By the crate `fancy-regex`, since it holds look-around or a reference to a group: after a bounded number of steps
    /// it does not fit.
    Backtracking,
}

/// What else must hold where a rule fits: the look-around of SRX files, which takes no part in the fit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Guard {
    /// Where it looks.
    pub side: GuardSide,
    /// Whether the pattern must fit or must not.
    pub wanted: Wanted,
    /// What looks for the pattern.
    pub engine: Engine,
    /// A pattern of that crate.
    pub pattern: String,
}

/// One rule: it fits a position whose text before ends with `before` and whose text after begins with
/// `after`. Both are patterns of the crate `regex`; an empty one always fits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rule {
    /// What it says.
    pub action: RuleAction,
    /// Pattern of the text that ends at the position.
    pub before: String,
    /// Pattern of the text that starts at the position.
    pub after: String,
    /// What else must hold there; mostly nothing.
    pub guards: Vec<Guard>,
    /// When it counts; always where there is no condition.
    pub condition: Option<Condition>,
}

impl Rule {
    /// Whether the rule counts where options say `at` of each mark.
    pub fn counts(&self, at: impl Fn(Mark) -> AtMark) -> bool {
        self.condition.is_none_or(|c| at(c.mark) == c.then)
    }
}
